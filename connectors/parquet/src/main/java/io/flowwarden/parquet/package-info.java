/** Flow logs as Parquet, read without Hadoop: a library of its own because of what it needs. */
package io.flowwarden.parquet;
