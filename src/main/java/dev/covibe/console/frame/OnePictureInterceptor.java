package dev.covibe.console.frame;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.tenancy.Transactions;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;
import java.util.Optional;

/** Opens the transaction of {@link OnePicture}. Whoever is in no workspace has nothing to read in one. */
@OnePicture
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class OnePictureInterceptor {

    private final CurrentCaller current;
    private final Transactions transactions;

    OnePictureInterceptor(CurrentCaller current, Transactions transactions) {
        this.current = current;
        this.transactions = transactions;
    }

    @AroundInvoke
    Object read(InvocationContext invocation) throws Exception {
        Optional<Caller> caller =
                invocation.getMethod().isAnnotationPresent(GET.class) ? current.caller() : Optional.empty();
        return caller.isPresent()
                ? transactions.in(caller.get().place(), () -> proceed(invocation))
                : invocation.proceed();
    }

    private static Object proceed(InvocationContext invocation) {
        try {
            return invocation.proceed();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception undeclared) {
            throw new IllegalStateException(undeclared);
        }
    }
}
