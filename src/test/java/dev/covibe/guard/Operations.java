package dev.covibe.guard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Every address that the product answers at, read from the code: {@code GET /api/tasks/{key}}. */
final class Operations {

    private Operations() {}

    static SortedSet<String> all() {
        SortedSet<String> operations = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.covibe")) {
            // An interface is what this server asks of another one.
            if (type.isAnnotatedWith(Path.class) && !type.isInterface()) {
                Class<?> resource = type.reflect();
                String root = resource.getAnnotation(Path.class).value();
                Arrays.stream(resource.getDeclaredMethods()).forEach(method -> add(operations, root, method));
            }
        }
        return operations;
    }

    /** The addresses of pages, and of what else a browser may ask for, that need no key or id. */
    static List<String> pages() {
        return all().stream()
                .filter(operation ->
                        operation.startsWith("GET /") && !operation.contains("{") && !operation.startsWith("GET /api/"))
                .map(operation -> operation.substring("GET ".length()))
                .toList();
    }

    private static void add(SortedSet<String> operations, String root, Method method) {
        Path path = method.getAnnotation(Path.class);
        String address = (root + "/" + (path == null ? "" : path.value()))
                .replaceAll("/+", "/")
                .replaceAll("(?<=.)/$", "")
                .replaceAll("\\{(\\w+):.*}", "{$1}");
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                operations.add(verb.value() + " " + address);
            }
        }
    }
}
