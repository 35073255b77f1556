/** Flow logs in S3 and in what speaks its protocol. */
package io.flowwarden.connect.objects.s3;
