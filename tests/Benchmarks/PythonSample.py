"""Queries who pays for buckets with several threads, through a proxy: prints the seconds for all of them, for each round."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import alibabacloud_oss_v2 as oss

endpoint, proxy, region, count, threads, rounds = sys.argv[1:4] + [int(argument) for argument in sys.argv[4:7]]
config = oss.config.load_default()
config.credentials_provider = oss.credentials.EnvironmentVariableCredentialsProvider()
config.region = region
config.endpoint = endpoint
config.proxy_host = {"http": proxy, "https": proxy}
client = oss.Client(config)


def query(number):
    client.get_bucket_request_payment(oss.GetBucketRequestPaymentRequest(bucket=f"fleet-{number:06d}"))


with ThreadPoolExecutor(threads) as pool:
    list(pool.map(query, range(threads)))
    for _ in range(rounds):
        started = time.perf_counter()
        list(pool.map(query, range(count)))
        print(time.perf_counter() - started)
