using System;
using BenchmarkDotNet.Attributes;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Signing;

namespace OssPayment.Benchmarks;

/// <summary>Making a request from a bucket name, up to the message for HttpClient.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly OssLocation _location = Fleet.At("https://oss-cn-hangzhou.aliyuncs.com");
    private readonly DateTimeOffset _time = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Only the URL, which every client parses.</summary>
    [Benchmark(Baseline = true)]
    public Uri Url() => new(_location.Endpoint.Uri.OriginalString + "/examplebucket/?requestPayment");

    [Benchmark]
    public (Uri Uri, string Authorization) Build()
    {
        OssOperation<BucketRequestPayment> operation = RequestPaymentOperations.Get("examplebucket");
        Uri uri = _location.UriFor(operation.Bucket, operation.Signable.CanonicalQuery);
        return (uri, SignerV4.Sign(operation.Signable, Fleet.Credentials, Fleet.Region, _time).Authorization);
    }
}
