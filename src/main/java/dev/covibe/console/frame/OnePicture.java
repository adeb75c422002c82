package dev.covibe.console.frame;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a page: what a GET reads, it reads in one transaction of the reader's workspace. The figures of a page then belong
 * to one moment, and the page pays for one transaction instead of one for each of its parts. Forms are not touched: each
 * of their verbs has its own transaction.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnePicture {}
