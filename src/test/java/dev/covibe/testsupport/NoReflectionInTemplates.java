package dev.covibe.testsupport;

import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes every test of a page fail that reads a value by reflection, as Qute does where it cannot tell the type while it
 * builds, above all in tags (OPS-7). In a native executable the same page would end in "Entry not found".
 */
@Singleton
public class NoReflectionInTemplates {

    void guard(@Observes EngineBuilder engine) {
        engine.addValueResolver(new BeforeReflection());
    }

    private static final class BeforeReflection implements ValueResolver {

        /** Below whatever was generated, above the reflection that comes last. */
        @Override
        public int getPriority() {
            return 0;
        }

        @Override
        public boolean appliesTo(EvalContext context) {
            Object base = context.getBase();
            return base != null
                    && base.getClass().getName().startsWith("dev.covibe.")
                    && Arrays.stream(base.getClass().getMethods())
                            .anyMatch(method -> method.getName().equals(context.getName())
                                    && method.getParameterCount()
                                            == context.getParams().size());
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            Class<?> type = context.getBase().getClass();
            return CompletableFuture.failedFuture(new TemplateException(type.getName() + " is read by reflection for \""
                    + context.getName() + "\", which a native executable cannot: annotate it with @TemplateData."));
        }
    }
}
