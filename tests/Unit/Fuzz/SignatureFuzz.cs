using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OssPayment.Emulator.Signing;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>The signer and the emulator's verifier, which share no code, agree on everything.</summary>
public sealed class SignatureFuzz(ITestOutputHelper output)
{
    private static readonly Gen<KeyValuePair<string, string>[]> Query =
        Gen.Zip(Any.Text.Where(name => name.Length > 0), Any.Text).ArrayOf()
            .Select(pairs => pairs
                .DistinctBy(pair => PercentEncoding.Encode(pair.Item1))
                .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToArray());

    private static readonly Gen<KeyValuePair<string, string>[]> Headers =
        Gen.Zip(Any.Name, Any.Visible.Or(Any.Visible.Select(value => $" {value}  {value}\t"))).ArrayOf()
            .Select(pairs => pairs
                .DistinctBy(pair => pair.Item1)
                .Select(pair => KeyValuePair.Create("x-oss-" + pair.Item1, pair.Item2))
                .Append(KeyValuePair.Create("content-type", "application/xml")).ToArray());

    private static readonly Gen<DateTimeOffset> Time =
        Gen.Choose(0, int.MaxValue).Select(seconds => DateTimeOffset.FromUnixTimeSeconds(seconds));

    [Fact]
    public void Signer_and_verifier_agree_on_every_request()
    {
        Gen<Signable> signables =
            from verb in Gen.Elements("GET", "PUT", "DELETE", "HEAD")
            from bucket in Any.Name.OrNull()
            from key in Any.Text
            from query in Query
            from headers in Headers
            from secret in Any.Text
            from token in Any.Visible.OrNull()
            from region in Any.Name
            from time in Time
            select new Signable(verb, bucket, bucket is null ? "" : key, query, headers, new OssCredentials("id", secret, token), region, time);

        Fuzzer.Check(output, signables, 250, Agree);
    }

    private static void Agree(Signable signable)
    {
        string resource = signable.Bucket is null ? "/" : $"/{signable.Bucket}/{signable.Key}";
        var request = new SignableRequest(signable.Verb, resource, signable.Query, signable.Headers);
        SignatureV4 signed = SignerV4.Sign(request, signable.Credentials, signable.Region, signable.Time);

        ExpectedSignature expected = SignatureVerifier.Expect(
            signable.Verb, signable.Bucket, signable.Key, request.CanonicalQuery, signed.SignedHeaders, signable.Region,
            signable.Credentials.AccessKeySecret);

        Assert.Equal(expected.CanonicalRequest, signed.CanonicalRequest);
        Assert.Equal(expected.StringToSign, signed.StringToSign);
        Assert.EndsWith($",Signature={expected.Signature}", signed.Authorization, StringComparison.Ordinal);
    }

    private sealed record Signable(
        string Verb,
        string? Bucket,
        string Key,
        KeyValuePair<string, string>[] Query,
        KeyValuePair<string, string>[] Headers,
        OssCredentials Credentials,
        string Region,
        DateTimeOffset Time);
}
