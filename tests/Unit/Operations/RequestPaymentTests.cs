using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Commands;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Operations;

public sealed class RequestPaymentTests
{
    [Fact]
    public async Task The_owner_pays_by_default_and_a_change_is_kept()
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        OssClient client = Clients.For(emulator.State);

        BucketRequestPayment before = await client.GetPaymentAsync(location);
        BucketRequestPayment put = await client.PutPaymentAsync(location, Payer.Requester);
        BucketRequestPayment after = await client.GetPaymentAsync(location);
        BucketRequestPayment putBack = await client.PutPaymentAsync(location, Payer.BucketOwner);
        BucketRequestPayment again = await client.GetPaymentAsync(location);

        Assert.Equal(
            [Payer.BucketOwner, Payer.Requester, Payer.Requester, Payer.BucketOwner, Payer.BucketOwner],
            new[] { before, put, after, putBack, again }.Select(payment => payment.Payer));
        Assert.All([before, put, after, putBack, again], payment =>
        {
            Assert.Equal(("examplebucket", "cn-hangzhou", 200), (payment.Bucket, payment.Region, payment.StatusCode));
            Assert.Equal(emulator.HttpEndpoint, new Uri(payment.Endpoint));
            Assert.Matches(@"\A[0-9A-F]{24}\z", payment.RequestId);
        });
        Assert.Equal(
            ["GetBucketRequestPayment", "PutBucketRequestPayment", "GetBucketRequestPayment", "PutBucketRequestPayment", "GetBucketRequestPayment"],
            emulator.State.Requests.All().Select(request => request.Operation));
    }

    [Fact]
    public async Task Another_bucket_does_not_change()
    {
        await using OssEmulator emulator = await StartAsync();
        OssClient client = Clients.For(emulator.State);

        await client.PutPaymentAsync(Clients.At(emulator.HttpEndpoint), Payer.Requester, "a-bucket");

        Assert.Equal(Payer.BucketOwner, (await client.GetPaymentAsync(Clients.At(emulator.HttpEndpoint), "b-bucket")).Payer);
        Assert.Equal(Payer.Requester, (await client.GetPaymentAsync(Clients.At(emulator.HttpEndpoint), "a-bucket")).Payer);
    }

    [Fact]
    public async Task A_missing_bucket_is_reported_with_all_fields_of_OSS()
    {
        await using OssEmulator emulator = await StartAsync();

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State).GetPaymentAsync(Clients.At(emulator.HttpEndpoint), "no-such-bucket"));

        Assert.Equal(404, e.StatusCode);
        Assert.Equal("NoSuchBucket", e.ErrorCode);
        Assert.Equal("The specified bucket does not exist.", e.Message);
        Assert.Equal("0015-00000101", e.EC);
        Assert.Matches(@"\A[0-9A-F]{24}\z", e.RequestId);
        Assert.Equal(emulator.HttpEndpoint.Authority, e.HostId);
        Assert.Equal("https://api.aliyun.com/troubleshoot?q=0015-00000101", e.RecommendDoc);
        Assert.Equal(emulator.HttpEndpoint, e.Endpoint);
        Assert.Equal(1, e.Attempts);
    }

    [Theory]
    [InlineData("stranger", "AccessDenied", "0003-00000001")]
    [InlineData("disabled", "InvalidAccessKeyId", "0002-00000903")]
    [InlineData("expired", "SecurityTokenExpired", "0002-00000007")]
    public async Task Keys_without_permission_are_refused(string keyPair, string code, string ec)
    {
        await using OssEmulator emulator = await StartAsync();
        OssClient client = Clients.For(emulator.State, keyPair);
        OssLocation location = Clients.At(emulator.HttpEndpoint);

        var get = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(location));
        var put = await Assert.ThrowsAsync<OssServiceException>(() => client.PutPaymentAsync(location, Payer.Requester));

        Assert.All([get, put], e => Assert.Equal((403, code, ec), (e.StatusCode, e.ErrorCode, e.EC)));
        Assert.Equal(Emulator.State.Payer.BucketOwner, emulator.State.Buckets["examplebucket"].Payer);
    }

    [Fact]
    public async Task A_read_only_key_can_get_but_not_put()
    {
        await using OssEmulator emulator = await StartAsync();
        OssClient client = Clients.For(emulator.State, "reader");
        OssLocation location = Clients.At(emulator.HttpEndpoint);

        Assert.Equal(Payer.BucketOwner, (await client.GetPaymentAsync(location)).Payer);
        var e = await Assert.ThrowsAsync<OssServiceException>(() => client.PutPaymentAsync(location, Payer.Requester));

        Assert.Equal((403, "AccessDenied"), (e.StatusCode, e.ErrorCode));
    }

    [Fact]
    public async Task Temporary_credentials_can_get_and_put()
    {
        await using OssEmulator emulator = await StartAsync();
        OssClient client = Clients.For(emulator.State, "temporary");
        OssLocation location = Clients.At(emulator.HttpEndpoint);

        await client.PutPaymentAsync(location, Payer.Requester);

        Assert.Equal(Payer.Requester, (await client.GetPaymentAsync(location)).Payer);
        Assert.All(emulator.State.Requests.All(), request =>
        {
            Assert.True(request.Verified);
            Assert.Equal(emulator.State.KeyPairs["temporary"].Token, request.Header("x-oss-security-token"));
        });
    }

    public static TheoryData<string, string?, string> WrongCredentials() => new()
    {
        { "wrong secret", null, "SignatureDoesNotMatch" },
        { "unknown id", null, "InvalidAccessKeyId" },
        { "right", "token of another", "AccessKeyIdAndSecurityTokenNotMatch" },
    };

    [Theory]
    [MemberData(nameof(WrongCredentials))]
    public async Task Wrong_credentials_are_refused_and_never_shown(string what, string? token, string code)
    {
        await using OssEmulator emulator = await StartAsync();
        KeyPair owner = emulator.State.KeyPairs["owner"];
        OssClient client = Clients.Create(new(
            what == "unknown id" ? "UnknownKeyId" : owner.Id, what == "wrong secret" ? "HiddenWrongSecret" : owner.Secret, token));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(Clients.At(emulator.HttpEndpoint)));

        Assert.Equal((403, code), (e.StatusCode, e.ErrorCode));
        string signature = Assert.Single(emulator.State.Requests.All()).Header("authorization")!.Split("Signature=")[1];
        foreach (string hidden in new[] { "HiddenWrongSecret", owner.Secret, "token of another", signature })
        {
            Assert.DoesNotContain(hidden, e.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_OSS_echoes_is_never_shown()
    {
        await using OssEmulator emulator = await StartAsync();
        KeyPair pair = emulator.State.KeyPairs["temporary"];

        var expired = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State, "expired").GetPaymentAsync(Clients.At(emulator.HttpEndpoint)));
        var invalid = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.Create(new(pair.Id, pair.Secret, "HiddenToken")).GetPaymentAsync(Clients.At(emulator.HttpEndpoint)));

        Assert.Equal(("SecurityTokenExpired", "InvalidSecurityToken"), (expired.ErrorCode, invalid.ErrorCode));
        Assert.DoesNotContain(emulator.State.KeyPairs["expired"].Token!, AllTexts(expired), StringComparison.Ordinal);
        Assert.DoesNotContain("HiddenToken", AllTexts(invalid), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com", AddressingStyle.Virtual, "examplebucket.oss-cn-hangzhou.aliyuncs.com", "/?requestPayment")]
    [InlineData("http://oss-cn-hangzhou-internal.aliyuncs.com", AddressingStyle.Virtual, "examplebucket.oss-cn-hangzhou-internal.aliyuncs.com", "/?requestPayment")]
    [InlineData("http://cn-hangzhou.oss.aliyuncs.com", AddressingStyle.Virtual, "examplebucket.cn-hangzhou.oss.aliyuncs.com", "/?requestPayment")]
    [InlineData("http://oss-accelerate.aliyuncs.com", AddressingStyle.Virtual, "examplebucket.oss-accelerate.aliyuncs.com", "/?requestPayment")]
    [InlineData("http://oss-accelerate-overseas.aliyuncs.com", AddressingStyle.Virtual, "examplebucket.oss-accelerate-overseas.aliyuncs.com", "/?requestPayment")]
    [InlineData("http://static.example.com", AddressingStyle.CName, "static.example.com", "/?requestPayment")]
    [InlineData("http://localhost", AddressingStyle.Path, "localhost", "/examplebucket/?requestPayment")]
    public async Task Each_addressing_style_is_signed_and_works(string endpoint, AddressingStyle style, string host, string target)
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(new Uri(endpoint), style: style);

        await Clients.For(emulator.State, proxy: emulator.Proxy).PutPaymentAsync(location, Payer.Requester);

        Assert.Equal(Emulator.State.Payer.Requester, emulator.State.Buckets["examplebucket"].Payer);
        RecordedRequest request = Assert.Single(emulator.State.Requests.All());
        Assert.True(request.Verified);
        Assert.Equal(("examplebucket", Via.AbsoluteForm), (request.Bucket, request.Via));
        Assert.Equal(host, request.Header("host"));
        Assert.Equal($"http://{host}{target}", request.RawTarget);
    }

    [Fact]
    public async Task Path_style_that_OSS_refuses_is_an_error()
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"), style: AddressingStyle.Path);

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.For(emulator.State, proxy: emulator.Proxy).GetPaymentAsync(location));

        Assert.Equal((403, "SecondLevelDomainForbidden"), (e.StatusCode, e.ErrorCode));
        Assert.Contains(
            "Omit -AddressingStyle Path", e.ToErrorRecord(target: null).ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>", Payer.Requester)]
    [InlineData("<RequestPaymentConfiguration><Payer> BucketOwner\n</Payer></RequestPaymentConfiguration>", Payer.BucketOwner)]
    [InlineData("<RequestPaymentConfiguration><New/><Payer>Requester</Payer><New><Payer/></New></RequestPaymentConfiguration>", Payer.Requester)]
    public async Task Unknown_elements_are_ignored(string body, Payer payer)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, body));

        Assert.Equal(payer, (await Clients.Create().GetPaymentAsync(Clients.At(server.Uri))).Payer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("<Other><Payer>Requester</Payer></Other>")]
    [InlineData("<requestPaymentConfiguration><Payer>Requester</Payer></requestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration/>")]
    [InlineData("<RequestPaymentConfiguration><Payer/></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><Payer>requester</Payer></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><Payer>1</Payer></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><Payer>Somebody</Payer></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><Payer>Requester</Payer><Payer>BucketOwner</Payer></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><X><Payer>Requester</Payer></X></RequestPaymentConfiguration>")]
    [InlineData("<RequestPaymentConfiguration><Payer>Requester</Payer>")]
    [InlineData("<!DOCTYPE r><RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>")]
    public async Task A_response_without_a_valid_payer_is_refused(string body)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, body));

        OssRequestException e = await Clients.RequestFailureAsync(server, Clients.Create(retries: 2));

        Assert.Equal((OssRequestError.InvalidResponse, 200, Http.RequestId), (e.Error, e.StatusCode, e.RequestId));
        Assert.Equal(server.Uri, e.Endpoint);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_unsafe_payer_is_sanitized()
    {
        string payer = "&#x202E;&#x85;" + new string('x', 5000);
        await using RawServer server = RawServer.Responding(
            Http.FromOss(200, $"<RequestPaymentConfiguration><Payer>{payer}</Payer></RequestPaymentConfiguration>"));

        OssRequestException e = await Clients.RequestFailureAsync(server);

        Assert.DoesNotContain('\u202E', e.Message);
        Assert.DoesNotContain('\u0085', e.Message);
        Assert.InRange(e.Message.Length, 1, 1000);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("x")]
    public async Task A_response_to_a_put_with_a_body_is_refused(string body)
    {
        await using RawServer server = RawServer.Responding(Http.FromOss(200, body));

        var e = await Assert.ThrowsAsync<OssRequestException>(
            () => Clients.Create().PutPaymentAsync(Clients.At(server.Uri), Payer.Requester));

        Assert.Equal((OssRequestError.InvalidResponse, Http.RequestId), (e.Error, e.RequestId));
    }

    [Fact]
    public async Task A_put_whose_response_was_lost_is_sent_again()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.Faults.Add(new()
        {
            Times = 1,
            AfterApply = true,
            Action = new Emulator.Faults.CutConnection(Emulator.Faults.CutPoint.BeforeHeaders, Emulator.Faults.Ending.Reset),
        });
        OssClient client = Clients.Create(Clients.CredentialsOf(emulator.State.KeyPairs["owner"]), retries: 2);

        BucketRequestPayment put = await client.PutPaymentAsync(Clients.At(emulator.HttpEndpoint), Payer.Requester);

        Assert.Equal(Payer.Requester, put.Payer);
        Assert.Equal(2, emulator.State.Requests.Count(request => request.Method == "PUT" && request.Verified));
    }

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static string AllTexts(OssServiceException e) =>
        string.Join('\n', new List<string> { e.ToString(), e.ErrorCode, e.EC, e.RequestId, e.HostId, e.RecommendDoc, e.NamedEndpoint });
}
