// The parts of Argo CD that a test needs, a Redis that keeps all in memory, and the judgement of Flux, in one binary; the
// name it is called by chooses.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alicebob/miniredis/v2"
	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	applicationset "github.com/argoproj/argo-cd/v3/cmd/argocd-applicationset-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/cmd/argocd/commands/admin"
	argoclient "github.com/argoproj/argo-cd/v3/pkg/apiclient"
	"github.com/argoproj/argo-cd/v3/util/log"
	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/klog/v2"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

func main() {
	klog.SetLogger(log.NewLogrusLogger(log.NewWithCurrentConfig()))
	var command *cobra.Command
	switch name := filepath.Base(os.Args[0]); name {
	case "argocd-application-controller":
		command = controller.NewCommand()
	case "argocd-repo-server":
		command = reposerver.NewCommand()
	case "argocd-applicationset-controller":
		command = applicationset.NewCommand()
	case "argocd":
		command = &cobra.Command{Use: "argocd"}
		command.AddCommand(admin.NewAdminCommand(&argoclient.ClientOptions{}))
	case "redis-stand-in":
		command = &cobra.Command{Use: name, Args: cobra.ExactArgs(1), RunE: redis}
	case "kstatus":
		command = &cobra.Command{Use: name, Args: cobra.ExactArgs(1), RunE: kstatus}
	default:
		fmt.Fprintf(os.Stderr, "call me by the name of a part of Argo CD, kstatus or redis-stand-in, not %s\n", name)
		os.Exit(2)
	}
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}

// Serves on an address and port until it is ended.
func redis(_ *cobra.Command, arguments []string) error {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(arguments[0]); err != nil {
		return err
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
	server.Close()
	return nil
}

// Says what Flux makes of the object in a YAML file.
func kstatus(_ *cobra.Command, arguments []string) error {
	document, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	asJson, err := yaml.YAMLToJSON(document)
	if err != nil {
		return err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(asJson); err != nil {
		return err
	}
	result, err := status.Compute(object)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", result.Status, result.Message)
	return nil
}
