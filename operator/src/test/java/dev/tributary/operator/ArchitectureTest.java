package dev.tributary.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point one way. */
@AnalyzeClasses(packages = "dev.tributary.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] GATEWAYS = {
        "..operator.source..", "..operator.kafka..", "..operator.flink..", "..operator.clickhouse.."
    };

    @ArchTest
    static final ArchRule gatewaysKnowNothingOfStages = noClasses()
            .that()
            .resideInAnyPackage(GATEWAYS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..operator.apply..",
                    "..operator.plan..",
                    "..operator.report..",
                    "..operator.observe..",
                    "..operator.pipeline..");

    @ArchTest
    static final ArchRule thePlanDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("..operator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "java.net..",
                    "java.io..",
                    "java.nio..",
                    "io.fabric8.kubernetes.client",
                    "org.apache.kafka..",
                    "com.clickhouse..",
                    "..operator.source.postgres..");

    @ArchTest
    static final ArchRule onlyItsGatewaySpeaksPostgres = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.source.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    @ArchTest
    static final ArchRule onlyItsGatewaySpeaksClickHouse = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.clickhouse..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.clickhouse..");

    @ArchTest
    static final ArchRule onlyItsGatewaySpeaksKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..operator.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule packagesDoNotGoInCircles =
            slices().matching("dev.tributary.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatTheThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");
}
