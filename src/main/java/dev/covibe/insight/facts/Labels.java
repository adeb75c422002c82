package dev.covibe.insight.facts;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the keys of facts are called. */
@ApplicationScoped
public class Labels {

    /** What stands where facts have no key. */
    public static final String UNATTRIBUTED = "Unattributed";

    private final Transactions transactions;
    private final Sql sql;

    Labels(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * @param mark short and exact: {@code @lin}, {@code WEB-12}, {@code gpt-5-codex}
     * @param name longer, where there is one: the title of a task; empty otherwise
     */
    public record Label(String mark, String name) {

        static final Label NONE = new Label(UNATTRIBUTED, "");

        /** Both together. */
        public String text() {
            return name.isEmpty() ? mark : mark + " " + name;
        }
    }

    /** The labels of one dimension's keys. */
    public record Known(Map<String, Label> labels) {

        /** Of a key as {@link Fact#key()} has it: every key has a label, and so has none. */
        public Label of(Optional<String> key) {
            return key.map(known -> labels.getOrDefault(known, new Label(known, "")))
                    .orElse(Label.NONE);
        }
    }

    /** The names of all the keys of some facts, by their first dimension, in one query. */
    public Known of(Caller caller, Dimension dimension, Collection<? extends Fact<?>> facts) {
        List<String> keys =
                facts.stream().flatMap(fact -> fact.key().stream()).distinct().toList();
        return ofKeys(caller, dimension, keys);
    }

    public Known ofKeys(Caller caller, Dimension dimension, List<String> keys) {
        Map<String, Label> labels = new HashMap<>();
        switch (dimension) {
            case DEVELOPER ->
                read(
                        caller,
                        labels,
                        keys,
                        "select id::text as key, '@' || handle as mark, name from developers where id = any(?::uuid[])");
            case TASK -> read(caller, labels, keys, """
                        select t.id::text as key, p.key || '-' || t.number as mark, t.title as name
                          from tasks t join projects p on p.id = t.project_id where t.id = any(?::uuid[])""");
            case PROJECT ->
                read(
                        caller,
                        labels,
                        keys,
                        "select id::text as key, key as mark, name from projects where id = any(?::uuid[])");
            case WORKSTREAM ->
                read(
                        caller,
                        labels,
                        keys,
                        "select id::text as key, 'WS-' || number as mark, name from workstreams where id = any(?::uuid[])");
            case AGENT -> keys.forEach(key -> labels.put(key, new Label(agent(key), "")));
            case MODEL ->
                keys.forEach(key -> labels.put(key, new Label(key.startsWith("/") ? key.substring(1) : key, "")));
            case KIND -> keys.forEach(key -> labels.put(key, new Label(key.replace('_', ' '), "")));
            case MANAGED_AGENT, TOOL -> {}
        }
        return new Known(labels);
    }

    private static String agent(String key) {
        for (AgentType type : AgentType.values()) {
            if (type.key().equals(key)) {
                return type.title();
            }
        }
        return key;
    }

    private void read(Caller caller, Map<String, Label> labels, List<String> keys, String query) {
        record Named(String key, Label label) {}
        if (!keys.isEmpty()) {
            transactions
                    .in(
                            caller.place(),
                            () -> sql.list(
                                    query,
                                    row -> new Named(row.text("key"), new Label(row.text("mark"), row.text("name"))),
                                    keys))
                    .forEach(named -> labels.put(named.key(), named.label()));
        }
    }
}
