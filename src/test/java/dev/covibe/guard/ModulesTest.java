package dev.covibe.guard;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.modules.syntax.ModuleRuleDefinition.modules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.modules.syntax.ModuleDependencyScope;
import dev.covibe.console.frame.Coalescer;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.platform.Feature;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** Which feature may use which: what the package-info files say is law. */
class ModulesTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.covibe");

    private static final ArchRule DIRECTIONS = modules()
            .definedByAnnotation(Feature.class)
            .should()
            .respectTheirAllowedDependenciesDeclaredIn(
                    "uses", ModuleDependencyScope.consideringOnlyDependenciesBetweenModules());

    @Test
    void features_use_only_what_their_package_info_allows() {
        DIRECTIONS.check(PRODUCT);
    }

    @Test
    void features_depend_on_one_another_without_cycles() {
        modules().definedByAnnotation(Feature.class).should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void every_package_belongs_to_a_feature() {
        assertThat(PRODUCT.stream()
                        .map(type -> type.getPackageName().split("\\."))
                        .filter(parts -> parts.length > 2)
                        .map(parts -> "dev.covibe." + parts[2])
                        .distinct()
                        .filter(name -> !isFeature(name)))
                .isEmpty();
    }

    @Test
    void every_page_of_the_console_reads_in_one_transaction() {
        classes()
                .that()
                .resideInAPackage("dev.covibe.console..")
                .and()
                .areAnnotatedWith(Path.class)
                .and()
                .containAnyMethodsThat(annotatedWith(GET.class))
                .should()
                .beAnnotatedWith(OnePicture.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Coalescer.class)
                .because(
                        "a page that reads each part in a transaction of its own asks the database three times as often")
                .check(PRODUCT);
    }

    private static boolean isFeature(String name) {
        try {
            return Class.forName(name + ".package-info").isAnnotationPresent(Feature.class);
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    @Test
    void a_wrong_import_is_noticed() {
        JavaClasses withWrong = new ClassFileImporter().importPackages("dev.covibe.platform", "dev.covibe.guard.wrong");
        assertThatThrownBy(() -> DIRECTIONS.check(withWrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong -> platform");
    }
}
