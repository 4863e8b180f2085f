using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using OssPayment.Signing;

namespace OssPayment.Benchmarks;

/// <summary>A request that only needs to be sent: what the cmdlet is compared with does not sign.</summary>
public sealed record SignedRequest(string Bucket, Uri Uri, Dictionary<string, string> Headers)
{
    /// <summary>The requests that a file holds; called by the scripts.</summary>
    public static SignedRequest[] Read(string path) => JsonSerializer.Deserialize<SignedRequest[]>(File.ReadAllText(path))!;

    internal static void Write(string path, IEnumerable<SignedRequest> requests) =>
        File.WriteAllText(path, JsonSerializer.Serialize(requests));

    /// <summary>The request of the cmdlet for a bucket's URL: the same headers.</summary>
    internal static SignedRequest Get(string url, string bucket, OssCredentials credentials, string region)
    {
        var signable = new SignableRequest("GET", $"/{bucket}/", [new("requestPayment", "")]);
        SignatureV4 signature = SignerV4.Sign(signable, credentials, region, DateTimeOffset.UtcNow);
        Dictionary<string, string> headers = signature.SignedHeaders.ToDictionary();
        headers.Add("Authorization", signature.Authorization);
        headers.Add("User-Agent", "OssPayment/0.1.0");
        return new SignedRequest(bucket, new Uri($"{url}/?requestPayment"), headers);
    }
}
