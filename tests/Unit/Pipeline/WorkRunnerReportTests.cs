using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Credentials;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Pipeline;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>What an interruption reports of the record that is being processed.</summary>
public sealed class WorkRunnerReportTests : IAsyncLifetime
{
    private OssEmulator _emulator = null!;

    private LocationSource Emulator => new(Clients.Region, _emulator.HttpEndpoint.OriginalString);

    public async ValueTask InitializeAsync() =>
        _emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, " Input that had not arrived is not listed.")]
    public void Names_that_were_not_started_are_in_the_report(bool isPiped, string more)
    {
        var output = new RecordingOutput { OnWrite = _ => throw new InvalidOperationException("-ErrorAction Stop") };
        using var engine = new PipelineEngine(output, throttleLimit: 1, isChanging: true, () => null, new ManualClock());
        WorkRunner runner = Runner(engine, output, isPiped);
        int open = 0;
        IEnumerable<Work> Works()
        {
            open++;
            try
            {
                foreach (string name in new[] { "a-bucket", "b-bucket", "c-bucket", "d-bucket", "e-bucket" })
                {
                    yield return name == "b-bucket" ? Refused(name) : SetPayer(name);
                }
            }
            finally
            {
                open--;
            }
        }

        Assert.Throws<InvalidOperationException>(() => runner.Run(Works(), Emulator));

        string? report = runner.Abandon();
        Assert.Equal(0, open);
        Assert.EndsWith($"Sent, result unknown: none. Not sent: c-bucket; d-bucket; e-bucket.{more}", report, StringComparison.Ordinal);
        Assert.Null(runner.Abandon());
    }

    [Fact]
    public void A_name_that_waits_for_its_turn_or_its_confirmation_is_in_the_report()
    {
        var output = new RecordingOutput
        {
            OnWrite = text => _ = text.StartsWith("confirm bucket c", StringComparison.Ordinal)
                ? throw new InvalidOperationException("Ctrl+C at the question")
                : 0,
        };
        using var engine = new PipelineEngine(output, throttleLimit: 4, isChanging: true, () => null, new ManualClock());
        WorkRunner runner = Runner(engine, output);

        Assert.Throws<InvalidOperationException>(() => runner.Run(
            [SetPayer("a-bucket"), SetPayer("b-bucket"), SetPayer("c-bucket", isConfirmed: false), SetPayer("d-bucket")], Emulator));

        Assert.Matches(@" Not sent: (\w-bucket; )*c-bucket; d-bucket\.", runner.Abandon());
    }

    [Fact]
    public void There_is_no_report_if_nothing_was_started()
    {
        var output = new RecordingOutput { OnWrite = _ => throw new InvalidOperationException("Ctrl+C at the question") };
        using var engine = new PipelineEngine(output, throttleLimit: 4, isChanging: true, () => null, new ManualClock());
        WorkRunner runner = Runner(engine, output);

        Assert.Throws<InvalidOperationException>(
            () => runner.Run([SetPayer("a-bucket", isConfirmed: false), SetPayer("b-bucket")], Emulator));

        Assert.Null(runner.Abandon());
    }

    [Fact]
    public void A_change_that_waits_for_credentials_is_not_sent()
    {
        var credentials = new HangingCredentials();
        var output = new RecordingOutput();
        using var engine = new PipelineEngine(output, throttleLimit: 4, isChanging: true, () => null, new ManualClock());
        WorkRunner runner = Runner(engine, output, client: new OssClient(
            credentials, Clients.ProxiesOf(null), Patience.Limit, Clients.Policy(retries: 0, TimeSpan.Zero)));
        runner.Run([SetPayer("a-bucket")], Emulator);
        Assert.True(credentials.WereRequested.Wait(Patience.Limit, TestContext.Current.CancellationToken));

        Assert.Equal(
            "Interrupted. Confirmed but not reported: none. Failed: none. Sent, result unknown: none. Not sent: a-bucket.",
            runner.Abandon());
    }

    [Fact]
    public async Task A_change_is_sent_once_it_has_left()
    {
        var hasArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            hasArrived.SetResult();
            await connection.WaitForCloseAsync();
        });
        string? report = null;
        await Task.Run(() =>
        {
            var output = new RecordingOutput();
            using var engine = new PipelineEngine(output, throttleLimit: 4, isChanging: true, () => null, new ManualClock());
            WorkRunner runner = Runner(engine, output);
            runner.Run([SetPayer("a-bucket")], new LocationSource(Clients.Region, server.Uri.OriginalString));
            hasArrived.Task.Soon().GetAwaiter().GetResult();
            report = runner.Abandon();
        }, TestContext.Current.CancellationToken);

        Assert.Contains("Sent, result unknown: a-bucket.", report, StringComparison.Ordinal);
    }

    private static RefusedWork Refused(string bucket) =>
        new(new BucketTarget(bucket), () => BucketName.Invalid("Refused."));

    private static Change<BucketRequestPayment> SetPayer(string bucket, bool isConfirmed = true) => new(
        new BucketTarget(bucket), () => RequestPaymentOperations.Put(bucket, Payer.Requester), "set the payer")
    {
        IsConfirmed = isConfirmed,
    };

    private WorkRunner Runner(
        PipelineEngine engine, RecordingOutput output, bool isPiped = false, OssClient? client = null)
    {
        var locator = new RecordLocator(
            new LocationResolver(type: null, style: null), Emulator, new LocationSource(null, null));
        return new(engine, output, client ?? Clients.For(_emulator.State), locator, new ManualClock())
        {
            IsPiped = isPiped,
        };
    }

    /// <summary>A source of credentials that returns none until it is canceled.</summary>
    private sealed class HangingCredentials : ICredentialProvider
    {
        internal ManualResetEventSlim WereRequested { get; } = new();

        public string? Source => null;

        public string Identity => "";

        public Task<OssCredentials> GetAsync(CancellationToken cancellation)
        {
            WereRequested.Set();
            return Task.Delay(Timeout.Infinite, cancellation)
                .ContinueWith<OssCredentials>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
        }

        public bool Discard(OssCredentials credentials) => false;
    }
}
