package org.regularizedvi.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may use whom; ARCHITECTURE.md has the picture. */
class WallsTest {
  private static final String US = "org.regularizedvi";

  /** Each package by itself. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String name = type.getPackageName();
          return name.startsWith(US) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(US);
  }

  @Test
  void theKernelKnowsNothingOfUsButItself() {
    classes()
        .that()
        .resideInAPackage(US + ".kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".kernel..", "java..", "com.sun.management..", "jdk.incubator.vector..")
        .check(ours);
  }

  @Test
  void mapsKnowOnlyRandomDrawsAndLeiden() {
    classes()
        .that()
        .resideInAPackage(US + ".maps..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".maps..",
            US + ".kernel.random..",
            "java..",
            "jdk.incubator.vector..",
            "nl.cwts..")
        .check(ours);
  }

  @Test
  void cellsAndFilesKnowTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(US + ".cells..", US + ".files..", US + ".input..", US + ".options..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".cells..", US + ".files..", US + ".input..", US + ".options..", "java..")
        .check(ours);
  }

  @Test
  void formatsKnowNeitherKernelNorModel() {
    noClasses()
        .that()
        .resideInAPackage(US + ".formats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            US + ".kernel..",
            US + ".maps..",
            US + ".core..",
            US + ".engine..",
            US + ".cpu..",
            US + ".gpu..",
            US + ".reference..",
            US + ".training..",
            US + ".answers..",
            US + ".analysis..",
            US + ".model..",
            US + ".cli..",
            "org.bytedeco.pytorch..")
        .check(ours);
  }

  @Test
  void onlyOnePackageCallsHdf5AndOneTheSystem() {
    noClasses()
        .that()
        .resideInAnyPackage(US + ".cells..", US + ".files..", US + ".formats..")
        .and()
        .resideOutsideOfPackages(US + ".formats.hdf5..", US + ".files.system..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..", "org.bytedeco..")
        .check(ours);
  }

  @Test
  void nobodyOutsideFormatsNamesOne() {
    noClasses()
        .that()
        .resideOutsideOfPackage(US + ".formats..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(US + ".formats.*..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage(US + ".formats.tables"))))
        .check(ours);
  }

  @Test
  void onlyOneClassKnowsParquet() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(US + ".formats.tables.ParquetMatrix")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.parquet..")
        .check(ours);
  }

  @Test
  void whatAModelIsKnowsNothingOfHowItIsComputed() {
    noClasses()
        .that()
        .resideInAPackage(US + ".core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            US + ".formats..",
            US + ".engine..",
            US + ".cpu..",
            US + ".gpu..",
            US + ".reference..",
            US + ".training..",
            US + ".answers..",
            US + ".analysis..",
            US + ".model..",
            US + ".maps..",
            "org.bytedeco..")
        .check(ours);
  }

  @Test
  void onlyTheReferenceSeesLibtorch() {
    noClasses()
        .that()
        .resideOutsideOfPackages(US + ".reference..", US + ".bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(ours);
  }

  @Test
  void nobodyNamesAnEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(US + ".cpu..", US + ".gpu..", US + ".reference..", US + ".bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(US + ".cpu..", US + ".gpu..", US + ".reference..")
        .check(ours);
  }

  @Test
  void theEngineOnCardsKnowsTheContractAndTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(US + ".gpu..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".gpu..",
            US + ".engine..",
            US + ".core..",
            US + ".cells..",
            US + ".input..",
            US + ".kernel..",
            "java..")
        .check(ours);
  }

  @Test
  void onlyOnePackageCallsTheDriver() {
    noClasses()
        .that()
        .resideInAPackage(US + ".gpu..")
        .and()
        .resideOutsideOfPackage(US + ".gpu.driver..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(ours);
  }

  @Test
  void aContractKnowsNobodyWhoKeepsIt() {
    classes()
        .that()
        .resideInAPackage(US + ".engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".engine..",
            US + ".core..",
            US + ".cells..",
            US + ".input..",
            US + ".kernel..",
            "java..")
        .check(ours);
  }

  @Test
  void nothingBelowTheCommandLineKnowsIt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(US + ".cli..", US + ".bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(US + ".cli..", US + ".bench..", "picocli..")
        .check(ours);
  }

  /** Its own walls are held by SparkWallsTest, in its module. */
  @Test
  void nobodyKnowsSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(US + ".spark..", "org.apache.spark..", "scala..")
        .check(ours);
  }

  @Test
  void theCommandLineTouchesNoTensorsAndNoKernel() {
    noClasses()
        .that()
        .resideInAnyPackage(US + ".cli..", US + ".report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", US + ".kernel..", US + ".formats.hdf5..")
        .check(ours);
  }

  @Test
  void aReportIsMadeOfRecordsAlone() {
    classes()
        .that()
        .resideInAPackage(US + ".report..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            US + ".report..", "java..", "javax.imageio..", "com.fasterxml.jackson..")
        .check(ours);
  }

  @Test
  void noCyclesBetweenRooms() {
    slices().matching(US + ".(*)..").should().beFreeOfCycles().check(ours);
  }

  /** A room's root package is one of them. */
  @Test
  void noCyclesBetweenPackages() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(ours);
  }
}
