package dev.covibe.tenancy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * The only way into the rows of a workspace: a transaction that PostgreSQL's row security ties to one {@link Place}.
 * A transaction opened any other way sees no scoped row at all, so forgetting the place fails closed.
 */
@ApplicationScoped
public class Transactions {

    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();

    private final AgroalDataSource dataSource;

    Transactions(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the work in a transaction of the place. Joins the running one when it belongs to the same place; a running
     * transaction of another place is a mistake in the program and refused.
     */
    public <T> T in(Place place, Supplier<T> work) {
        if (QuarkusTransaction.isActive()) {
            if (PLACE.isBound() && PLACE.get().equals(place)) {
                return work.get();
            }
            throw new IllegalStateException("A transaction of another place is running.");
        }
        return ScopedValue.where(PLACE, place)
                .call(() -> QuarkusTransaction.requiringNew().call(work::get));
    }

    /** Like {@link #in(Place, Supplier)}, for work without an answer. */
    public void run(Place place, Runnable work) {
        in(place, () -> {
            work.run();
            return null;
        });
    }

    /** Runs the work as {@link #in} does, and undoes all of it: for answers to "what if". */
    public <T> T rehearse(Place place, Supplier<T> work) {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A rehearsal undoes its transaction, so it must have its own.");
        }
        return ScopedValue.where(PLACE, place).call(() -> {
            QuarkusTransaction.begin();
            try {
                return work.get();
            } finally {
                QuarkusTransaction.rollback();
            }
        });
    }

    /** Runs the work in a transaction without a place: only functions that open a door themselves find anything. */
    public <T> T outside(Supplier<T> work) {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A transaction of a place is running.");
        }
        return QuarkusTransaction.requiringNew().call(work::get);
    }

    void enter(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        if (!PLACE.isBound()) {
            return;
        }
        Place place = PLACE.get();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select set_config('covibe.workspace_id', ?, true), set_config('covibe.tenant_id', ?, true)")) {
            statement.setString(1, place.workspaceId().toString());
            statement.setString(2, place.tenantId().toString());
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException("The place of the transaction could not be set.", failure);
        }
    }
}
