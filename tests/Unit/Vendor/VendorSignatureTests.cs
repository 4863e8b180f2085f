using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OssPayment.Emulator.Signing;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Vendor;

/// <summary>
/// The module's signer and the emulator's verifier, each against the inputs and results that the vendor publishes.
/// </summary>
public sealed class VendorSignatureTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Vector[] Vectors = JsonSerializer.Deserialize<Vector[]>(
        File.ReadAllText(Repository.PathOf("tests", "Unit", "Vendor", "signature-v4.json")), Json)!;

    public static TheoryData<string> All => [.. Vectors.Select(vector => vector.Name)];

    /// <summary>The module signs no additional headers.</summary>
    public static TheoryData<string> WithoutAdditionalHeaders =>
        [.. Vectors.Where(vector => vector.AdditionalHeaders.Length == 0).Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(WithoutAdditionalHeaders))]
    public void The_module_computes_the_signatures_of_the_vendor(string name)
    {
        Vector vector = Find(name);
        var request = new SignableRequest(
            vector.Method, $"/{vector.Bucket}/{vector.Key}", [.. vector.Pairs], [.. vector.Headers.Where(IsSigned)]);

        SignatureV4 signed = SignerV4.Sign(
            request,
            new OssCredentials(vector.AccessKeyId, vector.AccessKeySecret, vector.SecurityToken),
            vector.Region,
            DateTimeOffset.ParseExact(
                vector.Time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

        Assert.Equal(vector.Authorization, signed.Authorization);
        Assert.Equal(vector.CanonicalRequest ?? signed.CanonicalRequest, signed.CanonicalRequest);
        Assert.Equal(vector.StringToSign ?? signed.StringToSign, signed.StringToSign);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_emulator_accepts_the_signatures_of_the_vendor(string name)
    {
        Vector vector = Find(name);
        var headers = new Dictionary<string, string>(vector.Headers)
        {
            ["x-oss-content-sha256"] = "UNSIGNED-PAYLOAD",
            ["x-oss-date"] = vector.Time,
        };
        if (vector.SecurityToken is not null)
        {
            headers["x-oss-security-token"] = vector.SecurityToken;
        }

        ExpectedSignature expected = SignatureVerifier.Expect(
            vector.Method,
            vector.Bucket,
            vector.Key,
            string.Join('&', vector.Pairs.Select(
                pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")),
            headers,
            vector.Region,
            vector.AccessKeySecret,
            vector.AdditionalHeaders);

        Assert.EndsWith($",Signature={expected.Signature}", vector.Authorization, StringComparison.Ordinal);
        Assert.Equal(vector.CanonicalRequest ?? expected.CanonicalRequest, expected.CanonicalRequest);
        Assert.Equal(vector.StringToSign ?? expected.StringToSign, expected.StringToSign);
    }

    [Fact]
    public void Every_vector_has_its_source()
    {
        Assert.All(Vectors, vector => Assert.Matches(@"\(\w{3} \d+, \d{4}\)", vector.Source));
    }

    private static Vector Find(string name) => Vectors.Single(vector => vector.Name == name);

    private static bool IsSigned(KeyValuePair<string, string> header) =>
        header.Key is "content-type" or "content-md5" || header.Key.StartsWith("x-oss-", StringComparison.Ordinal);

    private sealed record Vector(
        string Name,
        string Source,
        string Method,
        string Bucket,
        string Key,
        string Region,
        string AccessKeyId,
        string AccessKeySecret,
        string? SecurityToken,
        string Time,
        string[][] Query,
        Dictionary<string, string> Headers,
        string[] AdditionalHeaders,
        string? CanonicalRequest,
        string? StringToSign,
        string Authorization)
    {
        internal IEnumerable<KeyValuePair<string, string>> Pairs =>
            Query.Select(pair => KeyValuePair.Create(pair[0], pair[1]));
    }
}
