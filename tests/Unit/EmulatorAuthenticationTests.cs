using System.Net.Http;
using System.Threading.Tasks;
using OssPayment.Emulator;
using Xunit;

namespace OssPayment.Tests;

/// <summary>The emulator accepts and refuses signatures as the vendor's pages say. Its README names them.</summary>
public sealed class EmulatorAuthenticationTests
{
    private const string V4 = "OSS4-HMAC-SHA256 ";
    private const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},Signature={1}")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0}, Signature={1}")]
    [InlineData("OSS4-HMAC-SHA256 Signature={1}, Credential={0}")]
    public async Task The_fields_may_have_any_order_and_spaces_after_the_commas(string format)
    {
        Assert.Equal((200, ""), await AuthorizeAsync(format));
    }

    [Theory]
    [InlineData("OSS {0}:{1}", 403, "0002-00000080")]
    [InlineData("AWS4-HMAC-SHA256 Credential={0},Signature={1}", 400, "0002-00000061")]
    [InlineData("OSS4-HMAC-SHA256", 400, "0002-00000061")]
    [InlineData("OSS4-HMAC-SHA256 Signature={1}", 400, "0002-00000202")]
    [InlineData("OSS4-HMAC-SHA256 Credential{0},Signature={1}", 400, "0002-00000203")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},Signature={1},UnknownKey=1", 400, "0002-00000204")]
    [InlineData("OSS4-HMAC-SHA256 AdditionalHeaders=host,Signature={1}", 400, "0002-00000205")]
    [InlineData("OSS4-HMAC-SHA256 Credential=a b{0},Signature={1}", 400, "0002-00000206")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},AdditionalHeaders=host", 400, "0002-00000207")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},Signature=", 400, "0002-00000208")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},AdditionalHeaders=,Signature={1}", 400, "0002-00000209")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},AdditionalHeaders=host;,Signature={1}", 400, "0002-00000210")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},AdditionalHeaders=host;range,Signature={1}", 400, "0002-00000211")]
    [InlineData(V4 + "Credential=id/2022-12-20/cn-hangzhou/oss/aliyun_v4_request,Signature={1}", 400, "0002-00000212")]
    [InlineData("OSS4-HMAC-SHA256 Credential=id/20221220/cn-hangzhou/oss/abc,Signature={1}", 400, "0002-00000213")]
    [InlineData(V4 + "Credential=id/20221220/cb-1/oss-cloudbox/aliyun_v4_request,Signature={1}", 400, "0002-00000227")]
    [InlineData("OSS4-HMAC-SHA256 Credential={0},Signature=" + Digits, 403, "0002-00000201")]
    public async Task A_header_that_is_not_valid_has_the_documented_EC(string format, int status, string ec)
    {
        Assert.Equal((status, ec), await AuthorizeAsync(format));
    }

    [Theory]
    [InlineData("requestPayment", "0003-00000002")]
    [InlineData("requestPayment&OSSAccessKeyId=id&Expires=1141889120&Signature=abc", "0002-00000080")]
    public async Task Without_the_header_a_request_is_anonymous_or_has_signature_V1_in_its_query(
        string query, string ec)
    {
        await using OssEmulator emulator = await StartAsync();

        var response = await new SignedRequest(emulator, HttpMethod.Get, Clients.Bucket, query)
        {
            Authorization = (_, _) => null,
        }.SendAsync();

        Assert.Equal((403, ec), (response.Status, response.EC));
    }

    [Theory]
    [InlineData(null, 403, "0002-00000503")]
    [InlineData("Tue, 20 Dec 2022 08:48:18 GMT", 403, "0002-00000502")]
    [InlineData("20221220T084818Z", 403, "0002-00000504")]
    public async Task A_date_that_is_missing_or_not_valid_is_refused(string? date, int status, string ec)
    {
        await using OssEmulator emulator = await StartAsync();
        var request = new SignedRequest(emulator, HttpMethod.Get, Clients.Bucket, "requestPayment");
        request.Headers.Remove("x-oss-date");
        if (date is not null)
        {
            request.Headers["x-oss-date"] = date;
        }

        var response = await request.SendAsync();

        Assert.Equal((status, ec), (response.Status, response.EC));
    }

    private static async Task<(int Status, string EC)> AuthorizeAsync(string format)
    {
        await using OssEmulator emulator = await StartAsync();
        var response = await new SignedRequest(emulator, HttpMethod.Get, Clients.Bucket, "requestPayment")
        {
            Authorization = (credential, signature) => string.Format(null, format, credential, signature),
        }.SendAsync();
        return (response.Status, response.EC);
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
}
