package dev.covibe.testsupport;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** Registers the database once for every test of the module, so that they share one start of Quarkus too. */
@WithTestResource(value = PostgresResource.class, scope = TestResourceScope.GLOBAL)
final class OneDatabaseForAllTests {

    private OneDatabaseForAllTests() {}
}
