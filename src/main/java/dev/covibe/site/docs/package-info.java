/** The documentation that the product brings along, shown by the server itself (SIT-2). */
package dev.covibe.site.docs;
