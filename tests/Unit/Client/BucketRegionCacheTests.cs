using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>The region in a response is a hint, which the process keeps. So each test has its own bucket.</summary>
public sealed class BucketRegionCacheTests
{
    private const string Hangzhou = "http://oss-cn-hangzhou.aliyuncs.com";
    private const string Beijing = "oss-cn-beijing.aliyuncs.com";

    private static readonly string KeyId = Clients.AnyCredentials.AccessKeyId;

    private static readonly string[] AllKinds =
    [
        Hangzhou,
        "https://oss-cn-hangzhou.aliyuncs.com",
        "http://oss-cn-hangzhou.aliyuncs.com:8080",
        "http://oss-cn-hangzhou-internal.aliyuncs.com",
        "http://cn-hangzhou.oss.aliyuncs.com",
    ];

    [Theory]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com", "learns-public", "oss-cn-beijing.aliyuncs.com")]
    [InlineData("http://oss-cn-hangzhou-internal.aliyuncs.com", "learns-internal", "oss-cn-beijing-internal.aliyuncs.com")]
    [InlineData("http://cn-hangzhou.oss.aliyuncs.com", "learns-dual", "cn-beijing.oss.aliyuncs.com")]
    public async Task A_bucket_of_another_region_is_requested_there_and_then_at_once(string endpoint, string bucket, string host)
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.Buckets.Add(bucket, "cn-beijing");
        OssLocation location = Clients.At(new Uri(endpoint));
        OssClient client = Clients.For(emulator.State, proxy: emulator.Proxy);
        var trace = new RequestTrace(wantsDebug: false);

        BucketRequestPayment put = await client.PutPaymentAsync(location, Payer.Requester, bucket, trace);
        BucketRequestPayment get = await Clients.For(emulator.State, proxy: emulator.Proxy).GetPaymentAsync(location, bucket);

        Assert.All([put, get], payment =>
            Assert.Equal(("cn-beijing", $"http://{host}", Payer.Requester), (payment.Region, payment.Endpoint, payment.Payer)));
        Assert.Equal(
            [$"{bucket}.{new Uri(endpoint).Host}", $"{bucket}.{host}", $"{bucket}.{host}"],
            emulator.State.Requests.All().Select(request => request.Host));
        Assert.Contains(trace.Messages, message => message.Text.Contains("cn-beijing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bucket_that_moved_to_another_region_is_found()
    {
        await using OssEmulator emulator = await StartAsync();
        OssLocation location = Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com"));
        OssClient client = Clients.For(emulator.State, proxy: emulator.Proxy);
        foreach (string region in new[] { "cn-beijing", "us-west-1", "cn-hangzhou", "cn-shanghai" })
        {
            emulator.State.Buckets.Add("learns-anew", region);

            Assert.Equal(region, (await client.GetPaymentAsync(location, "learns-anew")).Region);
            Assert.Equal(region, (await client.GetPaymentAsync(location, "learns-anew")).Region);
        }

        Assert.Equal(4 * 3, emulator.State.Requests.All().Count);
    }

    [Fact]
    public async Task A_failure_at_the_other_region_names_the_other_region()
    {
        await using OssEmulator emulator = await StartAsync();
        emulator.State.Buckets.Add("learns-to-fail", "cn-beijing");

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients
            .For(emulator.State, "stranger", emulator.Proxy)
            .GetPaymentAsync(Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com")), "learns-to-fail"));

        Assert.Equal(("AccessDenied", new Uri("http://oss-cn-beijing.aliyuncs.com")), (e.ErrorCode, e.Endpoint));
    }

    [Fact]
    public async Task A_region_that_accepted_no_request_is_not_remembered()
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint("oss-xx-forged.aliyuncs.com"), Http.Error(404, "NoSuchBucket"), Http.FromOss(200, Http.RequesterPays));
        OssClient client = Clients.Create(proxy: proxy.Uri);

        await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(Clients.At(new Uri(Hangzhou)), "learns-no-forgery"));
        BucketRequestPayment payment = await client.GetPaymentAsync(Clients.At(new Uri(Hangzhou)), "learns-no-forgery");

        Assert.Equal("cn-hangzhou", payment.Region);
        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", "oss-xx-forged.aliyuncs.com", "oss-cn-hangzhou.aliyuncs.com");
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    public async Task The_attempt_that_was_moved_counts_as_an_attempt_and_not_as_a_retry(int retries, int attempts)
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint("oss-cn-beijing.aliyuncs.com"), Http.Error(503, "ServiceUnavailable"));
        var trace = new RequestTrace(wantsDebug: false);

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(proxy: proxy.Uri, retries: retries)
            .GetPaymentAsync(Clients.At(new Uri(Hangzhou)), "counts-moves", trace));

        Assert.Equal((503, attempts, attempts), (e.StatusCode, e.Attempts, proxy.Requests.Count));
        Assert.Equal(
            retries, trace.Messages.Count(message => message.Text == "Attempt 2 failed. Retrying in 0 ms."));
    }

    [Theory]
    [InlineData(404, "NoSuchBucket")]
    [InlineData(403, "AccessDenied")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_region_is_removed_when_a_request_fails_there(int status, string code)
    {
        string bucket = $"forgets-{status}";
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint(Beijing), Http.FromOss(200, Http.RequesterPays), Http.Error(status, code), Http.FromOss(200, Http.RequesterPays));
        OssClient client = Clients.Create(proxy: proxy.Uri);
        OssLocation location = Clients.At(new Uri(Hangzhou));

        await client.GetPaymentAsync(location, bucket);
        await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(location, bucket));
        await client.GetPaymentAsync(location, bucket);

        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", Beijing, Beijing, "oss-cn-hangzhou.aliyuncs.com");
    }

    [Fact]
    public async Task A_region_is_removed_when_a_request_gets_no_response_there()
    {
        int requests = 0;
        await using RawServer proxy = RawServer.Serving(async connection =>
        {
            // The connection stays open, so that no request is sent on one that is being closed.
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync(Interlocked.Increment(ref requests) switch
                {
                    1 => WrongEndpoint(Beijing),
                    3 => "no HTTP\r\n\r\n",
                    _ => Http.FromOss(200, Http.RequesterPays),
                });
            }
        });
        OssClient client = Clients.Create(proxy: proxy.Uri);
        OssLocation location = Clients.At(new Uri(Hangzhou));

        await client.GetPaymentAsync(location, "forgets-silence");
        await Assert.ThrowsAsync<OssRequestException>(() => client.GetPaymentAsync(location, "forgets-silence"));
        await client.GetPaymentAsync(location, "forgets-silence");

        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", Beijing, Beijing, "oss-cn-hangzhou.aliyuncs.com");
    }

    [Fact]
    public async Task A_region_that_accepts_the_second_attempt_is_remembered()
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint(Beijing),
            Http.FromOss(200, Http.RequesterPays),
            Http.Error(503, "ServiceUnavailable"),
            Http.FromOss(200, Http.RequesterPays));
        OssClient client = Clients.Create(proxy: proxy.Uri, retries: 1);
        OssLocation location = Clients.At(new Uri(Hangzhou));
        for (int i = 0; i < 3; i++)
        {
            await client.GetPaymentAsync(location, "stays-learned");
        }

        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", Beijing, Beijing, Beijing, Beijing);
    }

    [Theory]
    [InlineData("http://oss-cn-hangzhou.aliyuncs.com", "oss-cn-hzfinance.aliyuncs.com")]
    [InlineData("http://oss-cn-hangzhou-internal.aliyuncs.com", "oss-cn-hzfinance-internal.aliyuncs.com")]
    [InlineData("http://cn-hangzhou.oss.aliyuncs.com", "cn-hangzhou-finance.oss.aliyuncs.com")]
    public async Task A_host_from_OSS_selects_the_region_of_its_row_in_the_table(string endpoint, string host)
    {
        await using OssEmulator emulator = await StartAsync();
        string bucket = $"finance-{emulator.HttpEndpoint.Port}";
        emulator.State.Buckets.Add(bucket, "cn-hangzhou-finance");

        BucketRequestPayment payment = await Clients.For(emulator.State, proxy: emulator.Proxy)
            .GetPaymentAsync(Clients.At(new Uri(endpoint)), bucket);

        Assert.Equal(("cn-hangzhou-finance", $"http://{host}"), (payment.Region, payment.Endpoint));
        Assert.Equal([false, true], emulator.State.Requests.All().Select(request => request.Verified));
    }

    [Fact]
    public async Task A_redirect_to_a_region_without_the_endpoint_type_is_not_followed()
    {
        await using RawServer proxy = RawServer.Responding(WrongEndpoint("oss-us-west-1.aliyuncs.com"));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(proxy: proxy.Uri)
            .GetPaymentAsync(Clients.At(new Uri("http://cn-hangzhou.oss.aliyuncs.com")), "no-dual-stack"));

        Assert.Equal(("AccessDenied", "oss-us-west-1.aliyuncs.com"), (e.ErrorCode, e.NamedEndpoint));
        Assert.Single(proxy.Requests);
    }

    [Theory]
    [InlineData("cn-hangzhou", null)]
    [InlineData(null, "http://oss-cn-hangzhou.aliyuncs.com")]
    public async Task The_specified_region_is_requested_first(string? region, string? endpoint)
    {
        string bucket = region is null ? "endpoint-first" : "region-first";
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint(Beijing), Http.FromOss(200, Http.RequesterPays), Http.FromOss(200, Http.RequesterPays));
        OssClient client = Clients.Create(proxy: proxy.Uri);
        OssLocation specified = new LocationResolver(type: null, style: null)
            .Resolve(new LocationSource(region, endpoint), new LocationSource(null, "http://oss-us-west-1.aliyuncs.com"));

        await client.GetPaymentAsync(Clients.At(new Uri(Hangzhou)), bucket);
        await client.GetPaymentAsync(specified, bucket);

        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", Beijing, "oss-cn-hangzhou.aliyuncs.com");
    }

    [Fact]
    public async Task The_listed_region_is_requested_first()
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint(Beijing), Http.FromOss(200, Http.RequesterPays), Http.FromOss(200, Http.RequesterPays));
        OssClient client = Clients.Create(proxy: proxy.Uri);
        var locator = new RecordLocator(new LocationResolver(null, null), new(null, null), new(null, Hangzhou));

        await client.GetPaymentAsync(locator.Locate(null, null, listed: null), "listed-first");
        await client.GetPaymentAsync(locator.Locate(null, null, listed: new ListedPlace("oss-cn-shanghai", null, null)), "listed-first");

        AssertHosts(proxy, "oss-cn-hangzhou.aliyuncs.com", Beijing, "oss-cn-shanghai.aliyuncs.com");
    }

    [Fact]
    public async Task A_region_is_kept_for_one_scheme_one_port_one_kind_of_endpoint_and_one_access_key()
    {
        await using RawServer proxy = RawServer.Responding(WrongEndpoint(Beijing), Http.FromOss(200, Http.RequesterPays));
        OssLocation location = Clients.At(new Uri(Hangzhou));

        await Clients.Create(proxy: proxy.Uri).GetPaymentAsync(location, "learned-for-one");

        Assert.Equal("cn-beijing", BucketRegionCache.Get("learned-for-one", location, KeyId));
        Assert.Equal("cn-beijing", BucketRegionCache.Get("learned-for-one", location.InRegion("us-west-1"), KeyId));
        Assert.Null(BucketRegionCache.Get("learned-for-one", location, "AnotherKeyId"));
        Assert.Null(BucketRegionCache.Get("learned-for-another", location, KeyId));
        Assert.All(
            AllKinds[1..],
            kind => Assert.Null(BucketRegionCache.Get("learned-for-one", Clients.At(new Uri(kind)), KeyId)));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("oss-cn-beijing.aliyuncs.com.evil.example")]
    [InlineData("evil.example/oss-cn-beijing.aliyuncs.com")]
    [InlineData("http://oss-cn-beijing.aliyuncs.com")]
    [InlineData("oss-cn-beijing.aliyuncs.com:8080")]
    [InlineData("user@oss-cn-beijing.aliyuncs.com")]
    [InlineData("bucket.oss-cn-beijing.aliyuncs.com")]
    [InlineData("oss-accelerate.aliyuncs.com")]
    [InlineData("oss-accelerate-overseas.aliyuncs.com")]
    [InlineData("oss-cn-hangzhou.aliyuncs.com")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public async Task A_host_without_another_region_is_not_followed(string named)
    {
        await using RawServer proxy = RawServer.Responding(WrongEndpoint(named));

        await AssertRequestedOnceAsync(proxy, "http://oss-cn-hangzhou.aliyuncs.com", $"not-followed-{proxy.Port}");
    }

    [Theory]
    [InlineData("http://static.example.com", AddressingStyle.CName)]
    [InlineData("http://oss.corp.example", AddressingStyle.Virtual)]
    [InlineData("http://oss.corp.example", AddressingStyle.Path)]
    public async Task A_custom_endpoint_is_never_redirected(string endpoint, AddressingStyle style)
    {
        await using RawServer proxy = RawServer.Responding(WrongEndpoint("oss-cn-beijing.aliyuncs.com"));

        await AssertRequestedOnceAsync(proxy, endpoint, $"not-left-{proxy.Port}", style);
    }

    [Theory]
    [InlineData(403, "InvalidAccessKeyId")]
    [InlineData(404, "NoSuchBucket")]
    public async Task An_endpoint_in_another_error_is_not_followed(int status, string code)
    {
        await using RawServer proxy = RawServer.Responding(Http.FromOss(
            status, $"<Error><Code>{code}</Code><Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint></Error>"));

        await AssertRequestedOnceAsync(proxy, "http://oss-cn-hangzhou.aliyuncs.com", $"other-error-{proxy.Port}");
    }

    [Fact]
    public async Task A_redirect_loop_between_regions_ends()
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint("oss-cn-beijing.aliyuncs.com"),
            WrongEndpoint("oss-cn-hangzhou.aliyuncs.com"),
            WrongEndpoint("oss-cn-beijing.aliyuncs.com"));

        var e = await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(proxy: proxy.Uri, retries: 5)
            .GetPaymentAsync(Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com")), "sent-around"));

        Assert.Equal("AccessDenied", e.ErrorCode);
        Assert.Equal(2, proxy.Requests.Count);
    }

    [Fact]
    public async Task Moving_to_the_right_region_is_not_a_retry()
    {
        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint("oss-cn-beijing.aliyuncs.com"), Http.Error(503, "Any"), Http.FromOss(200, Http.RequesterPays));

        BucketRequestPayment payment = await Clients.Create(proxy: proxy.Uri, retries: 1)
            .GetPaymentAsync(Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com")), "keeps-its-retry");

        Assert.Equal("cn-beijing", payment.Region);
        Assert.Equal(3, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_to_the_right_region_does_not_refill_the_retry_budget()
    {
        var budgets = new RetryBudgets(new ManualClock());
        RetryBudget[] both = [budgets.For(Hangzhou), budgets.For("http://" + Beijing)];
        while (both[0].TrySpend(isAfterTimeout: false) | both[1].TrySpend(isAfterTimeout: false))
        {
            // All of it is spent.
        }

        await using RawServer proxy = RawServer.Responding(
            WrongEndpoint(Beijing), Http.FromOss(200, Http.RequesterPays));

        await Clients.Create(proxy: proxy.Uri, budgets: budgets).GetPaymentAsync(Clients.At(new Uri(Hangzhou)), "pays-for-nothing");

        Assert.All(both, budget => Assert.False(budget.TrySpend(isAfterTimeout: false)));
    }

    private static string WrongEndpoint(string named) => Http.FromOss(
        403, $"<Error><Code>AccessDenied</Code><Message>No.</Message><Endpoint>{named}</Endpoint></Error>");

    /// <summary>The endpoints that were requested, in order.</summary>
    private static void AssertHosts(RawServer proxy, params string[] hosts) =>
        Assert.Equal(hosts, proxy.Requests.Select(request => request.Header("Host")!.Split('.', 2)[1]));

    private static Task<OssEmulator> StartAsync() =>
        OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static async Task AssertRequestedOnceAsync(
        RawServer proxy, string endpoint, string bucket, AddressingStyle style = AddressingStyle.Virtual)
    {
        await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(proxy: proxy.Uri, retries: 2)
            .GetPaymentAsync(Clients.At(new Uri(endpoint), style: style), bucket));

        RawRequest request = Assert.Single(proxy.Requests);
        Assert.Contains(new Uri(endpoint).Host, request.Header("Host"), StringComparison.Ordinal);
        Assert.All(AllKinds, kind => Assert.Null(BucketRegionCache.Get(bucket, Clients.At(new Uri(kind)), KeyId)));
    }
}
