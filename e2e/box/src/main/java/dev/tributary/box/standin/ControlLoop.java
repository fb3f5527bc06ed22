package dev.tributary.box.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches one kind in all namespaces and hands each resource to a {@link Reconciler}, one call at a time a resource. */
public final class ControlLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final ResourceDefinitionContext kind;
    private final Reconciler reconciler;
    private final Map<Key, Turn> turns = new HashMap<>();
    private final ScheduledExecutorService timer;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    public ControlLoop(KubernetesClient client, ResourceDefinitionContext kind, Reconciler reconciler) {
        this.client = client;
        this.kind = kind;
        this.reconciler = reconciler;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("stand-in " + kind.getKind()).factory());
        this.informer = client.genericKubernetesResources(kind).inAnyNamespace().runnableInformer(0);
        // A kind that was installed just now answers 429 for a moment.
        informer.exceptionHandler((started, error) -> true);
        informer.addEventHandler(new Changes());
    }

    /** Starts watching; returns once all existing resources are known. The CRD must be there. */
    public void start() {
        informer.run();
    }

    /** All resources of the kind, as far as the watch has told. */
    public List<GenericKubernetesResource> known() {
        return informer.getStore().list();
    }

    /** Looks at a resource now, although it did not change. */
    public void trigger(GenericKubernetesResource resource) {
        trigger(Key.of(resource));
    }

    /** Stops watching and waits a little for calls under way. */
    @Override
    public void close() {
        informer.close();
        timer.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "{0}: a reconciliation did not end in time", kind.getKind());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trigger(Key key) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(key, k -> new Turn());
            if (turn.running) {
                turn.again = true;
                return;
            }
            turn.cancelTimer();
            turn.running = true;
        }
        execute(() -> run(key));
    }

    private void run(Key key) {
        Duration next = AFTER_AN_ERROR;
        boolean gone = false;
        try {
            // In its turn: a call that began with the resource still there would make again what this takes down.
            Optional<GenericKubernetesResource> deleted = takeDeleted(key);
            if (deleted.isPresent()) {
                reconciler.deleted(deleted.get());
            }
            // Not from the watch: it may not have seen yet what the last call wrote.
            GenericKubernetesResource resource = client.genericKubernetesResources(kind)
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .get();
            if (resource == null) {
                gone = true;
            } else {
                next = reconciler.reconcile(resource);
            }
        } catch (InterruptedException e) {
            return;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.log(System.Logger.Level.WARNING, kind.getKind() + " " + key + ": " + e, e);
            }
            // Else it was deleted meanwhile; the next look sees that.
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, kind.getKind() + " " + key + ": " + e, e);
        }
        finish(key, next, gone);
    }

    private Optional<GenericKubernetesResource> takeDeleted(Key key) {
        synchronized (turns) {
            Turn turn = Objects.requireNonNull(turns.get(key));
            Optional<GenericKubernetesResource> deleted = Optional.ofNullable(turn.deleted);
            turn.deleted = null;
            return deleted;
        }
    }

    private void finish(Key key, Duration next, boolean gone) {
        synchronized (turns) {
            Turn turn = Objects.requireNonNull(turns.get(key));
            turn.running = false;
            if (turn.again) {
                turn.again = false;
                next = Duration.ZERO;
            } else if (gone) {
                turns.remove(key);
                return;
            }
            try {
                turn.timer = timer.schedule(() -> trigger(key), next.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                turns.remove(key);
            }
        }
    }

    private void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: closed", kind.getKind());
        }
    }

    private record Key(String namespace, String name) {
        static Key of(GenericKubernetesResource resource) {
            return new Key(
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName());
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    /** Guarded by {@link #turns}. */
    private static final class Turn {
        private boolean running;
        private boolean again;
        private @Nullable Future<?> timer;
        /** As it was last, until its deletion was handed on. */
        private @Nullable GenericKubernetesResource deleted;

        void cancelTimer() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }

    private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            trigger(Key.of(resource));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            // A status alone is our own writing.
            if (!wanted(before.getMetadata()).equals(wanted(now.getMetadata()))) {
                trigger(Key.of(now));
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource last, boolean deletedFinalStateUnknown) {
            Key key = Key.of(last);
            synchronized (turns) {
                turns.computeIfAbsent(key, k -> new Turn()).deleted = last;
            }
            trigger(key);
        }

        private List<Object> wanted(ObjectMeta meta) {
            return List.of(
                    meta.getUid(),
                    meta.getGeneration(),
                    Objects.requireNonNullElse(meta.getLabels(), Map.of()),
                    Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
                    Objects.requireNonNullElse(meta.getDeletionTimestamp(), ""));
        }
    }
}
