using System;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Endpoints;
using Xunit;

namespace OssPayment.Tests.Client;

/// <summary>When credentials that OSS refuses concern one request, and when all of them.</summary>
public sealed class CredentialCheckTests
{
    private readonly CredentialCheck _check = new();

    public static TheoryData<string> Refusals =>
    [
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "SecurityTokenExpired", "InvalidSecurityToken",
        "SecurityTokenNotSupported", "AccessKeyIdAndSecurityTokenNotMatch",
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task After_a_refusal_before_any_success_nothing_more_is_sent(string code)
    {
        OssServiceException refusal = Refusal(code);

        OssServiceException first = await FailureAsync(() => throw refusal);
        OssServiceException second = await FailureAsync(() => throw new InvalidOperationException("It is sent."));

        Assert.All([first, second], e => Assert.Equal((code, true), (e.ErrorCode, e.ConcernsAll)));
        Assert.NotSame(first, second);
        Assert.False(refusal.ConcernsAll);
    }

    [Theory]
    [InlineData("AccessDenied")]
    [InlineData("InternalError")]
    [InlineData("RequestTimeTooSkewed")]
    public async Task Another_error_concerns_only_its_own_request(string code)
    {
        OssServiceException error = Refusal(code);

        Assert.Same(error, await FailureAsync(() => throw error));
        Assert.False(error.ConcernsAll);
        Assert.Equal("sent", await _check.RunAsync(() => Task.FromResult("sent")));
    }

    [Fact]
    public async Task A_refusal_after_a_success_concerns_only_its_own_request()
    {
        OssServiceException refusal = Refusal();
        await _check.RunAsync(() => Task.FromResult("sent"));

        OssServiceException failure = await FailureAsync(() => throw refusal);
        Assert.Equal((refusal.ErrorCode, false), (failure.ErrorCode, failure.ConcernsAll));
        Assert.Equal("sent", await _check.RunAsync(() => Task.FromResult("sent")));
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "NoSuchBucket")]
    public async Task A_refusal_for_the_bucket_proves_that_the_credentials_are_valid(int status, string code)
    {
        OssServiceException aboutBucket = new(code, "No.", status, new Uri("https://oss-cn-hangzhou.aliyuncs.com"));
        OssServiceException refusal = Refusal();

        Assert.Same(aboutBucket, await FailureAsync(() => throw aboutBucket));
        OssServiceException failure = await FailureAsync(() => throw refusal);
        Assert.Equal((refusal.ErrorCode, false), (failure.ErrorCode, failure.ConcernsAll));
    }

    [Fact]
    public async Task A_refusal_at_the_endpoint_of_one_record_concerns_only_that_record()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssClient client = Clients.Create(new(emulator.State.KeyPairs["owner"].Id, "wrong", null));
        OssLocation location = Clients.At(emulator.HttpEndpoint).OfOneRecord();

        for (int i = 0; i < 2; i++)
        {
            var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(location));
            Assert.False(e.ConcernsAll);
        }

        Assert.Equal(2, emulator.State.Requests.All().Count);
    }

    [Fact]
    public async Task Running_requests_may_finish_and_later_ones_wait_for_them()
    {
        var underWay = new TaskCompletionSource<string>();
        Task<string> before = _check.RunAsync(() => underWay.Task);
        OssServiceException refusal = Refusal();
        Task<OssServiceException> refused = FailureAsync(() => throw refusal);
        bool isSent = false;
        Task<string> after = _check.RunAsync(() =>
        {
            isSent = true;
            return Task.FromResult("sent");
        });

        Assert.False(refused.IsCompleted || after.IsCompleted || isSent);
        underWay.SetResult("done");

        Assert.Equal("done", await before.Soon());
        Assert.False((await refused.Soon()).ConcernsAll);
        Assert.Equal("sent", await after.Soon());
    }

    [Fact]
    public async Task If_no_running_request_succeeds_all_fail_and_waiting_ones_are_not_sent()
    {
        var underWay = new TaskCompletionSource<string>();
        var refusedToo = new TaskCompletionSource<string>();
        Task<string> broken = _check.RunAsync(() => underWay.Task);
        Task<OssServiceException> second = FailureAsync(() => refusedToo.Task);
        OssServiceException refusal = Refusal();
        Task<OssServiceException> first = FailureAsync(() => throw refusal);
        Task<OssServiceException> after = FailureAsync(() => throw new InvalidOperationException("It is sent."));

        refusedToo.SetException(Refusal("InvalidAccessKeyId"));
        underWay.SetException(new OperationCanceledException());

        await Assert.ThrowsAsync<OperationCanceledException>(() => broken.Soon());
        OssServiceException[] failures = [await first.Soon(), await after.Soon(), await second.Soon()];
        Assert.Equal(
            ["SignatureDoesNotMatch", "SignatureDoesNotMatch", "InvalidAccessKeyId"], failures.Select(e => e.ErrorCode));
        Assert.All(failures, e => Assert.True(e.ConcernsAll));
        Assert.Equal(3, failures.Distinct().Count());
    }

    [Fact]
    public async Task A_client_with_a_wrong_secret_sends_only_the_running_requests()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssClient client = Clients.Create(new(emulator.State.KeyPairs["owner"].Id, "wrong", null));
        OssLocation location = Clients.At(emulator.HttpEndpoint);

        for (int i = 0; i < 5; i++)
        {
            var e = await Assert.ThrowsAsync<OssServiceException>(() => client.GetPaymentAsync(location));
            Assert.Equal(("SignatureDoesNotMatch", true), (e.ErrorCode, e.ConcernsAll));
        }

        Assert.Single(emulator.State.Requests.All());
    }

    [Fact]
    public async Task Each_client_checks_its_own_credentials()
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssLocation location = Clients.At(emulator.HttpEndpoint);
        emulator.State.Faults.Add(new Fault { Times = 1, Action = new OssErrorResponse(403, "InvalidAccessKeyId") });

        await Assert.ThrowsAsync<OssServiceException>(() => Clients.For(emulator.State).GetPaymentAsync(location));
        BucketRequestPayment payment = await Clients.For(emulator.State).GetPaymentAsync(location);

        Assert.Equal(Payer.BucketOwner, payment.Payer);
    }

    private static OssServiceException Refusal(string code = "SignatureDoesNotMatch") =>
        new(code, "Refused.", 403, new Uri("https://oss-cn-hangzhou.aliyuncs.com"));

    private Task<OssServiceException> FailureAsync(Func<Task<string>> send) =>
        Assert.ThrowsAsync<OssServiceException>(() => _check.RunAsync(send));
}
