using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Signing;

public sealed class SignerV4Tests
{
    private static readonly DateTimeOffset AnyTime = new(2024, 12, 27, 3, 21, 12, TimeSpan.Zero);

    [Fact]
    public void Signing_allocates_less_than_a_kibibyte()
    {
        var request = new SignableRequest("GET", "/examplebucket/", [new("requestPayment", "")]);
        var credentials = new OssCredentials("AnAccessKeyIdOfTwentyFour", "AnAccessKeySecretOfThirtyCharac", null);
        const int Times = 1000;
        long before = 0;
        for (int i = -Times; i < Times; i++)
        {
            before = i == 0 ? GC.GetAllocatedBytesForCurrentThread() : before;
            SignerV4.Sign(request, credentials, "cn-hangzhou", AnyTime);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Times, 1, 1023);
    }

    public static TheoryData<string, string?, string, string?> Operations()
    {
        var data = new TheoryData<string, string?, string, string?>
        {
            { "PUT", "examplebucket", "requestPayment", "<RequestPaymentConfiguration/>" },
            { "GET", "examplebucket", "requestPayment", null },
            { "GET", "examplebucket", "requesterQosInfo&qosRequester=1234567890123456", null },
            { "GET", "examplebucket", "requesterQosInfo", null },
            { "GET", "examplebucket", "requesterQosInfo&max-keys=100&continuation-token=a+b/c=d e", null },
            { "PUT", "examplebucket", "requesterQosInfo&qosRequester=300100", "<QoSConfiguration/>" },
            { "DELETE", "examplebucket", "requesterQosInfo&qosRequester=300100", null },
            { "GET", null, "requesterQosInfo&resourcePool=example-pool&qosRequester=300100", null },
            { "GET", null, "requesterQosInfo&resourcePool=example-pool", null },
            { "GET", null, "requesterQosInfo&resourcePool=pool ü~*'()&max-keys=1&continuation-token==+/ %2B", null },
            { "PUT", null, "requesterQosInfo&resourcePool=example-pool&qosRequester=300100", "<QoSConfiguration/>" },
            { "DELETE", null, "requesterQosInfo&resourcePool=example-pool&qosRequester=300100", null },
            { "GET", null, "", null },
            { "GET", null, "prefix=log-&marker=log-7&max-keys=1000", null },
        };
        return data;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_emulator_computes_the_same_signature(string verb, string? bucket, string query, string? body)
    {
        SignableRequest request = ToRequest(verb, bucket, query, body);
        foreach (KeyPair pair in Seed.KeyPairs)
        {
            SignatureV4 signed = SignerV4.Sign(request, Clients.CredentialsOf(pair), "ap-southeast-1", AnyTime);

            ExpectedSignature expected = SignatureVerifier.Expect(
                verb, bucket, "", request.CanonicalQuery, signed.SignedHeaders, "ap-southeast-1", pair.Secret);
            Assert.Equal(expected.CanonicalRequest, signed.CanonicalRequest);
            Assert.Equal(expected.StringToSign, signed.StringToSign);
            Assert.Equal(
                $"OSS4-HMAC-SHA256 Credential={pair.Id}/20241227/ap-southeast-1/oss/aliyun_v4_request,Signature={expected.Signature}",
                signed.Authorization);
        }
    }

    [Fact]
    public void The_canonical_request_and_the_string_to_sign_are_as_documented()
    {
        SignableRequest request = ToRequest("PUT", "examplebucket", "requesterQosInfo&qosRequester=30 01", "<Any/>");

        SignatureV4 signed = SignerV4.Sign(request, new OssCredentials("id", "secret", "token+/="), "cn-hangzhou", AnyTime);

        Assert.Equal(
            """
            PUT
            /examplebucket/
            qosRequester=30%2001&requesterQosInfo
            content-md5:AAAAAAAAAAAAAAAAAAAAAA==
            content-type:application/xml
            x-oss-content-sha256:UNSIGNED-PAYLOAD
            x-oss-date:20241227T032112Z
            x-oss-security-token:token+/=


            UNSIGNED-PAYLOAD
            """,
            signed.CanonicalRequest);
        Assert.Equal(
            """
            OSS4-HMAC-SHA256
            20241227T032112Z
            20241227/cn-hangzhou/oss/aliyun_v4_request
            216a2072b0e800384c8b5232b94c8f75fdacc6b80d8a075379d83f7084275b41
            """,
            signed.StringToSign);
    }

    [Fact]
    public void The_time_is_signed_in_utc_for_every_offset()
    {
        SignableRequest request = ToRequest("GET", "examplebucket", "requestPayment", null);
        DateTimeOffset elsewhere = AnyTime.ToOffset(TimeSpan.FromHours(-8));

        Assert.NotEqual(AnyTime.Day, elsewhere.Day);
        Assert.Equal(
            SignerV4.Sign(request, Clients.AnyCredentials, "cn-hangzhou", AnyTime).Authorization,
            SignerV4.Sign(request, Clients.AnyCredentials, "cn-hangzhou", elsewhere).Authorization);
    }

    [Fact]
    public void Permanent_credentials_send_no_security_token()
    {
        SignatureV4 signed = SignerV4.Sign(
            ToRequest("GET", "examplebucket", "requestPayment", null), Clients.AnyCredentials, "cn-hangzhou", AnyTime);

        Assert.Equal(["x-oss-content-sha256", "x-oss-date"], signed.SignedHeaders.Select(header => header.Key));
    }

    [Fact]
    public void Every_signed_part_changes_the_signature()
    {
        SignableRequest request = ToRequest("GET", "examplebucket", "requestPayment", null);
        string[] signatures =
        [
            Sign(request, "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(ToRequest("PUT", "examplebucket", "requestPayment", null), "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(ToRequest("GET", "otherbucket", "requestPayment", null), "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(ToRequest("GET", null, "requestPayment", null), "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(ToRequest("GET", "examplebucket", "requesterQosInfo", null), "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(ToRequest("GET", "examplebucket", "requestPayment", "<Any/>"), "id", "secret", null, "cn-hangzhou", AnyTime),
            Sign(request, "id", "other", null, "cn-hangzhou", AnyTime),
            Sign(request, "id", "secret", "token", "cn-hangzhou", AnyTime),
            Sign(request, "id", "secret", null, "cn-beijing", AnyTime),
            Sign(request, "id", "secret", null, "cn-hangzhou", AnyTime.AddSeconds(1)),
            Sign(request, "id", "secret", null, "cn-hangzhou", AnyTime.AddDays(1)),
        ];

        Assert.Equal(signatures.Length, signatures.Distinct().Count());
    }

    [Fact]
    public void Signing_on_many_threads_has_the_same_results_as_on_one()
    {
        var inputs = Enumerable.Range(0, 2000)
            .Select(i => (
                Request: ToRequest("GET", "examplebucket", $"requesterQosInfo&qosRequester={i}", null),
                Secret: $"secret{i % 3}",
                Region: i % 2 == 0 ? "cn-hangzhou" : "cn-beijing",
                Time: AnyTime.AddDays(i % 5)))
            .ToArray();
        string[] serial = [.. inputs.Select(i => Sign(i.Request, "id", i.Secret, null, i.Region, i.Time))];

        string[] parallel = new string[inputs.Length];
        Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
            parallel[i] = Sign(inputs[i].Request, "id", inputs[i].Secret, null, inputs[i].Region, inputs[i].Time));

        Assert.Equal(serial, parallel);
    }

    [Fact]
    public void The_query_is_sent_sorted_and_encoded()
    {
        var request = new SignableRequest("GET", "/", [new("max-keys", "2"), new("Z", "ä b"), new("a/b", "+="), new("flag", "")]);

        Assert.Equal("Z=%C3%A4%20b&a%2Fb=%2B%3D&flag&max-keys=2", request.CanonicalQuery);
    }

    [Fact]
    public void The_resource_is_encoded_except_for_its_slashes()
    {
        var request = new SignableRequest("GET", "/bucket/a b/ü+.txt", []);

        Assert.Equal("/bucket/a%20b/%C3%BC%2B.txt", request.CanonicalUri);
    }

    private static SignableRequest ToRequest(string verb, string? bucket, string query, string? body)
    {
        KeyValuePair<string, string>[] pairs =
        [
            .. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(parts => KeyValuePair.Create(parts[0], parts.Length == 2 ? parts[1] : "")),
        ];
        string resource = bucket is null ? "/" : $"/{bucket}/";
        return body is null
            ? new SignableRequest(verb, resource, pairs)
            : new SignableRequest(
                verb, resource, pairs, new("content-type", "application/xml"), new("content-md5", "AAAAAAAAAAAAAAAAAAAAAA=="));
    }

    private static string Sign(
        SignableRequest request, string id, string secret, string? token, string region, DateTimeOffset time) =>
        SignerV4.Sign(request, new OssCredentials(id, secret, token), region, time).Authorization;
}
