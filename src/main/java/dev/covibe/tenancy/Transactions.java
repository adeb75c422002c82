package dev.covibe.tenancy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The only way into the rows of a workspace: a transaction that PostgreSQL's row security ties to one {@link Place}.
 * A transaction opened any other way sees no scoped row at all, so forgetting the place fails closed.
 */
@ApplicationScoped
public class Transactions {

    private static final ScopedValue<Place> PLACE = ScopedValue.newInstance();

    private static final String HORIZON = "covibe.horizon";

    private final AgroalDataSource dataSource;
    private final TransactionSynchronizationRegistry registry;

    Transactions(AgroalDataSource dataSource, TransactionSynchronizationRegistry registry) {
        this.dataSource = dataSource;
        this.registry = registry;
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

    /** Like {@link #outside}, for work without an answer. */
    public void runOutside(Runnable work) {
        outside(() -> {
            work.run();
            return null;
        });
    }

    /**
     * The oldest transaction that was still running anywhere when the running one began: what lower ones did, this one
     * sees. Empty outside of a transaction of a place. Costs nothing: it comes with the answer that sets the place.
     */
    public OptionalLong horizon() {
        return registry.getTransactionKey() != null && registry.getResource(HORIZON) instanceof Long horizon
                ? OptionalLong.of(horizon)
                : OptionalLong.empty();
    }

    /**
     * Within a transaction of a place: whoever comes here for the same company waits until this transaction has ended. For rules about
     * a company as a whole, such as a name that is given once, or that two acts at the same time must not leave it without an admin.
     */
    public void oneAfterTheOther() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select from tenants where id = ? for update")) {
            statement.setObject(1, PLACE.get().tenantId());
            statement.executeQuery().close();
        } catch (SQLException failure) {
            throw new IllegalStateException("The company could not be locked.", failure);
        }
    }

    void enter(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        if (!PLACE.isBound()) {
            return;
        }
        Place place = PLACE.get();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select set_config('covibe.workspace_id', ?, true), set_config('covibe.tenant_id', ?, true),
                               pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                        """)) {
            statement.setString(1, place.workspaceId().toString());
            statement.setString(2, place.tenantId().toString());
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                registry.putResource(HORIZON, answer.getLong(3));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The place of the transaction could not be set.", failure);
        }
    }
}
