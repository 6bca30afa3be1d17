package org.regularizedvi.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Who may use whom, of this module and those below; WallsTest in cli has the walls between them.
 */
class SparkWallsTest {
  private static final String US = "org.regularizedvi";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(US);

  @Test
  void onlyThisModuleKnowsSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage(US + ".spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(US + ".spark..", "org.apache.spark..", "scala..", "org.apache.hadoop..")
        .check(OURS);
  }

  @Test
  void itNamesNoEngineAndNoFormat() {
    noClasses()
        .that()
        .resideInAPackage(US + ".spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            US + ".cpu..",
            US + ".gpu..",
            US + ".reference..",
            US + ".formats.*..",
            US + ".kernel..")
        .check(OURS);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching(US + ".spark.(*)..").should().beFreeOfCycles().check(OURS);
  }
}
