package dev.covibe.platform.web;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Mapper;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import java.util.concurrent.CompletionStage;

/**
 * Finds the first name of an expression in the scopes around it, from the inside out, as Qute does. Qute offers a name
 * that the innermost scope does not hold to each of more than two hundred resolvers before it looks one scope further
 * out; in a layout that is every name of the page, and was a third of what a page costs.
 */
@EngineConfiguration
public class NearestName implements ValueResolver {

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean appliesTo(EvalContext context) {
        Object base = context.getBase();
        return (base == null || base instanceof Mapper)
                && base == context.resolutionContext().getData()
                && context.getParams().isEmpty();
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        String name = context.getName();
        for (ResolutionContext scope = context.resolutionContext(); scope != null; scope = scope.getParent()) {
            if (scope.getData() instanceof Mapper names) {
                if (names.appliesTo(name)) {
                    return names.getAsync(name);
                }
            } else if (scope.getData() != null) {
                // The properties of an object are for the resolver of its type.
                break;
            }
        }
        return CompletedStage.of(Results.NotFound.from(context));
    }
}
