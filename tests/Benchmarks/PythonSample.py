"""Asks who pays for buckets, one after the other, as the vendor's sample does: prints microseconds a bucket, by round."""

import sys
import time

import alibabacloud_oss_v2 as oss

endpoint, region, count, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
config = oss.config.load_default()
config.credentials_provider = oss.credentials.EnvironmentVariableCredentialsProvider()
config.region = region
config.endpoint = endpoint
config.use_path_style = True
client = oss.Client(config)
for number in range(rounds + 1):
    started = time.perf_counter()
    for bucket in range(count):
        client.get_bucket_request_payment(oss.GetBucketRequestPaymentRequest(bucket=f"fleet-{bucket:06d}"))
    if number > 0:
        print((time.perf_counter() - started) / count * 1e6)
