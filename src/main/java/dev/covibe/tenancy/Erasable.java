package dev.covibe.tenancy;

import java.util.Set;

/**
 * What a reset of the company deletes of one feature (IDN-11): the tables that hold work, as opposed to people and
 * settings. Each feature that has any implements this in a bean, so that whoever resets knows no feature.
 */
public interface Erasable {

    /** Names of tables with a {@code workspace_id}, all rows of which go. In any order: what refers to another goes first. */
    Set<String> tables();
}
