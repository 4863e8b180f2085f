using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Pipeline;
using Xunit;

namespace OssPayment.Tests.Pipeline;

/// <summary>The way of an input from work to requests and output, without PowerShell.</summary>
public sealed partial class WorkRunnerTests : IAsyncLifetime
{
    private const string Requester = "300100";

    private static readonly LimitedResource Resource = LimitedResource.OfBucket(Clients.Bucket);

    private OssEmulator _emulator = null!;

    public async ValueTask InitializeAsync() =>
        _emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact]
    public void A_query_emits_its_result_and_a_name_that_is_not_valid_is_an_error_in_order()
    {
        List<string> written = Drive(runner => runner.Run([Payment("a-bucket"), Payment("NOT"), Payment("b-bucket")], Emulator));

        Assert.Equal("a-bucket: BucketOwner", written[0]);
        Assert.StartsWith("error NOT: 'NOT' is not a valid bucket name.", written[1], StringComparison.Ordinal);
        Assert.Equal("b-bucket: BucketOwner", written[2]);
        Assert.Equal(2, _emulator.State.Requests.All().Count);
    }

    [Theory]
    [InlineData(true, false, "confirm bucket a-bucket (cn-hangzhou): change it|a-bucket: Requester", 1)]
    [InlineData(false, false, "confirm bucket a-bucket (cn-hangzhou): change it", 0)]
    [InlineData(false, true, "a-bucket: Requester", 1)]
    public void A_change_is_sent_once_it_is_confirmed(bool accepts, bool isConfirmed, string written, int requests)
    {
        var change = new Change<BucketRequestPayment>(
            new BucketTarget("a-bucket"), () => RequestPaymentOperations.Put("a-bucket", Payer.Requester), "change it")
        {
            Emits = true,
            IsConfirmed = isConfirmed,
        };

        Assert.Equal(written.Split('|'), Drive(runner => runner.Run([change], Emulator), accepts));
        Assert.Equal(requests, _emulator.State.Requests.All().Count);
    }

    [Fact]
    public void A_change_of_limits_reads_confirms_and_puts()
    {
        List<string> written = Drive(runner => runner.Run([Limits(new() { ["TotalUploadBandwidth"] = 7 }, emits: true)], Emulator));

        Assert.Equal(
            [
                "confirm bucket examplebucket, requester 300100 (cn-hangzhou): "
                    + "set TotalUploadBandwidth from 10 to 7",
                "examplebucket, requester 300100: up 7 Gbit/s, down 10 Gbit/s",
            ],
            written);
        Assert.Equal(["GET", "PUT"], _emulator.State.Requests.All().Select(request => request.Method));
    }

    [Fact]
    public void Limits_that_are_already_set_are_not_put()
    {
        List<string> written = Drive(runner => runner.Run([Limits(new() { ["TotalUploadBandwidth"] = 10 }, emits: true)], Emulator));

        Assert.Equal(
            [
                "trace examplebucket, requester 300100: the limits already have these values. No change was sent.",
                "examplebucket, requester 300100: up 10 Gbit/s, down 10 Gbit/s",
            ],
            written);
        Assert.Equal(["GET"], _emulator.State.Requests.All().Select(request => request.Method));
    }

    [Fact]
    public void A_preview_says_that_nothing_changes()
    {
        List<string> written = Drive(
            runner => runner.Run([Limits(new() { ["TotalUploadBandwidth"] = 10 }, showsNoChange: true)], Emulator), accepts: false);

        Assert.Equal(
            "confirm bucket examplebucket, requester 300100 (cn-hangzhou): "
                + "change nothing (the limits already have these values)",
            written.Last());
    }

    [Fact]
    public void A_change_without_limits_is_an_error_and_sends_nothing()
    {
        Assert.StartsWith(
            "error examplebucket, requester 300100: No limit was specified.",
            Assert.Single(Drive(runner => runner.Run([Limits(new())], Emulator))),
            StringComparison.Ordinal);
        Assert.Empty(_emulator.State.Requests.All());
    }

    [Theory]
    [InlineData(true, "GET DELETE")]
    [InlineData(false, "GET")]
    public void A_removal_reads_confirms_and_deletes(bool accepts, string requests)
    {
        List<string> written = Drive(runner => runner.Run([Removal(Requester)], Emulator), accepts);

        Assert.Equal(
            [
                "confirm bucket examplebucket, requester 300100 (cn-hangzhou): "
                    + "remove all limits (TotalUploadBandwidth 10, TotalDownloadBandwidth 10)",
            ],
            written);
        Assert.Equal(requests, string.Join(' ', _emulator.State.Requests.All().Select(request => request.Method)));
    }

    [Theory]
    [InlineData(false, "trace examplebucket, requester 300999: there are no limits. No change was sent.")]
    [InlineData(
        true,
        "confirm bucket examplebucket, requester 300999 (cn-hangzhou): change nothing (there are no limits)")]
    public void A_removal_where_there_are_no_limits_deletes_nothing(bool isPreview, string last)
    {
        List<string> written = Drive(
            runner => runner.Run([Removal("300999", isPreview)], Emulator), accepts: !isPreview);

        Assert.Equal(last, written.Last());
        Assert.Equal(["GET"], _emulator.State.Requests.All().Select(request => request.Method));
    }

    [Fact]
    public void A_listed_bucket_without_limits_for_the_requester_is_no_error()
    {
        List<string> written = Drive(runner => runner.RunMatching(
            "*", () => ("", _ => true), Emulator, name => [LimitsOf(name, Requester)]));

        Assert.Equal(["examplebucket, requester 300100: up 10 Gbit/s, down 10 Gbit/s"], written);
    }

    [Fact]
    public void A_named_bucket_without_limits_for_the_requester_is_an_error()
    {
        List<string> written = Drive(runner => runner.Run([LimitsOf("a-bucket", Requester)], Emulator));

        Assert.StartsWith("error a-bucket: The specified", Assert.Single(written), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example-pool", 600, "The limits of resource pool example-pool are exceeded: TotalDownloadBandwidth 600 Gbit/s is above TotalDownloadBandwidth 500 Gbit/s.")]
    [InlineData("example-pool", -1, "TotalUploadBandwidth 1 Gbit/s")]
    [InlineData("no-pool", 600, "")]
    [InlineData("no pool", 600, "")]
    [InlineData(null, 600, "")]
    public void A_refused_change_names_the_limits_that_it_exceeds_if_they_can_be_read(
        string? pool, long download, string exceeded)
    {
        // A part above its total is refused, too, and exceeds nothing of the resource pool.
        QoSChanges changes = download < 0
            ? new() { ["TotalUploadBandwidth"] = 1, ["IntranetUploadBandwidth"] = 2 }
            : new() { ["TotalDownloadBandwidth"] = download };
        var output = new RecordingOutput();
        Drive(
            runner => runner.Run(
                [
                    new LimitsChange(
                        new BucketQoSTarget("a-bucket", pool, changes), LimitsOperations.OfBucket("a-bucket", pool), changes),
                ],
                Emulator),
            output: output);

        var e = Assert.IsType<OssServiceException>(Assert.Single(output.Errors));
        Assert.True(e.RefusesLimits);
        Assert.Equal(download < 0 ? "" : exceeded, e.Ceiling);
    }

    [Fact]
    public void A_requester_is_held_to_its_bucket_or_its_resource_pool()
    {
        var changes = new QoSChanges { ["TotalDownloadBandwidth"] = 9999 };
        LimitedResource[] resources = [Resource, LimitedResource.OfResourcePool("example-pool")];
        var output = new RecordingOutput();
        Drive(
            runner => runner.Run(
                resources.Select(resource => new LimitsChange(
                    new RequesterTarget($"{resource.Bucket}{resource.ResourcePool}", Requester),
                    LimitsOperations.OfRequester(resource, Requester),
                    changes)),
                Emulator),
            output: output);

        Assert.Equal(
            [
                "The limits of bucket examplebucket are exceeded: "
                    + "TotalDownloadBandwidth 9999 Gbit/s is above TotalDownloadBandwidth 200 Gbit/s.",
                "The limits of resource pool example-pool are exceeded: "
                    + "TotalDownloadBandwidth 9999 Gbit/s is above TotalDownloadBandwidth 500 Gbit/s.",
            ],
            output.Errors.Select(e => Assert.IsType<OssServiceException>(e).Ceiling));
    }

    [Fact]
    public void A_listed_bucket_without_limits_of_its_own_emits_nothing_and_a_named_one_is_an_error()
    {
        List<string> written = Drive(runner =>
        {
            runner.RunMatching("?-bucket", () => ("", name => name[1] == '-'), Emulator, name => [OwnLimits(name)]);
            runner.Run([OwnLimits("b-bucket")], Emulator);
        });

        Assert.Equal(
            [
                "a-bucket: up 80 Gbit/s, down 100 Gbit/s",
                "error b-bucket: The specified bucket has no QoS configuration.",
            ],
            written);
    }

    [Fact]
    public void A_pattern_selects_the_matching_resource_pools()
    {
        List<string> written = Drive(runner => runner.RunMatchingPools(
            "e*", () => name => name[0] == 'e', Emulator, name => new Query<QoSInfo>(
                new ResourcePoolTarget(name), () => ResourcePoolOperations.Get(name))));

        Assert.Equal(["example-pool: up 300 Gbit/s, down 500 Gbit/s"], written);
    }

    [Fact]
    public void A_pattern_selects_the_matching_buckets()
    {
        List<string> written = Drive(runner => runner.RunMatching(
            "?-bucket",
            () => ("", name => name.Length == "a-bucket".Length),
            Emulator,
            name => [Payment(name)]));

        Assert.Equal(
            ["a-bucket: BucketOwner", "b-bucket: BucketOwner", "c-bucket: BucketOwner"],
            written);
    }

    [Fact]
    public void The_first_match_is_written_before_the_second_page_is_requested_and_a_slow_one_delays_no_page()
    {
        EmulatorState state = _emulator.State;
        state.MaxListPageSize = 1;
        string? first = null;
        int pagesBefore = 0;
        var output = new RecordingOutput
        {
            OnWrite = text => pagesBefore = text == first ? state.Requests.All().Count : pagesBefore,
        };

        Work CreateWork(string bucket)
        {
            // A page that is requested too early arrives while the first match waits.
            Func<Task> wait = first is null
                ? () => Task.Delay(TimeSpan.FromMilliseconds(200))
                : () => Patience.UntilAsync(() => state.Requests.All().Count == state.Buckets.Count);
            first ??= bucket;
            return new Waiting(bucket, wait);
        }

        List<string> written = Drive(
            runner => runner.RunMatching("*", () => ("", _ => true), Emulator, name => [CreateWork(name)]),
            output: output,
            throttleLimit: 256);

        Assert.Equal(1, pagesBefore);
        Assert.Equal(state.Buckets.Count, written.Count);
        Assert.DoesNotContain(written, text => text.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_listing_of_several_pages_says_once_that_the_region_does_not_filter()
    {
        _emulator.State.MaxListPageSize = 1;

        List<string> written = Drive(
            runner => runner.RunMatching("*", () => ("", _ => false), Emulator, name => [Payment(name)]),
            hasRegion: true);

        Assert.StartsWith("trace -Region cn-hangzhou does not filter.", Assert.Single(written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_does_not_parse_is_an_error_for_the_listing()
    {
        List<string> written = Drive(runner => runner.RunMatching(
            "[", () => throw BucketName.Invalid("It does not parse."), Emulator, name => [Payment(name)]));

        Assert.Equal(["error the account's buckets [: It does not parse."], written);
        Assert.Empty(_emulator.State.Requests.All());
    }

    [Fact]
    public void A_refusal_is_an_error_for_each_target_and_sends_nothing()
    {
        List<string> written = Drive(runner => runner.Run([Refused("a-bucket"), Refused("b-bucket")], Emulator));

        Assert.Equal(["error a-bucket: Refused.", "error b-bucket: Refused."], written);
        Assert.Empty(_emulator.State.Requests.All());
    }

    [Fact]
    public void A_first_record_without_a_location_ends_the_pipeline()
    {
        var terminated = Assert.Throws<InvalidOperationException>(
            () => Drive(runner => runner.Run([Payment("a-bucket")], new LocationSource(null, null)), commandLine: new LocationSource(null, null)));

        var e = Assert.IsType<OssRequestException>(terminated.InnerException);
        Assert.Equal(OssRequestError.RegionNotFound, e.Error);
    }

    [Fact]
    public void A_later_record_without_a_valid_location_is_a_separate_error()
    {
        List<string> written = Drive(runner =>
        {
            runner.Run([Payment("a-bucket")], Emulator);
            runner.Run([Payment("b-bucket")], new LocationSource("no region", Emulator.Endpoint));
        });

        Assert.Equal("a-bucket: BucketOwner", written[0]);
        Assert.StartsWith("error b-bucket: 'no region' is not a valid region", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_domain_serves_one_bucket_but_no_pool_and_no_listing()
    {
        var pool = LimitedResource.OfResourcePool("example-pool");
        List<string> written = Drive(
            runner =>
            {
                runner.Run(
                    [new Query<QoSInfo>(new ResourcePoolTarget("example-pool"), () => RequesterQoSOperations.Get(pool, Requester))],
                    Emulator);
                runner.RunMatching("*", () => ("", _ => true), Emulator, name => [Payment(name)]);
            },
            style: AddressingStyle.CName);

        Assert.Equal(2, written.Count);
        Assert.All(written, text => Assert.Contains("is a custom domain for one bucket", text, StringComparison.Ordinal));
        Assert.Empty(_emulator.State.Requests.All());
    }

    [Fact]
    public void Plain_http_to_a_remote_host_gives_one_warning()
    {
        var plain = new LocationSource(Clients.Region, "http://oss.invalid");

        List<string> written = Drive(runner =>
        {
            for (int i = 0; i < 2; i++)
            {
                runner.Run([Refused("a-bucket")], plain);
            }
        });

        Assert.Equal(
            [
                "warning http://oss.invalid uses plain HTTP. Requests and responses can be read and changed in transit. "
                    + "Use an https endpoint.",
                "error a-bucket: Refused.",
                "error a-bucket: Refused.",
            ],
            written);
    }

    [Fact]
    public void An_error_that_ends_the_pipeline_leaves_a_report_of_the_changes_behind_it()
    {
        var output = new RecordingOutput
        {
            OnWrite = text => _ = text.StartsWith("error", StringComparison.Ordinal)
                ? throw new InvalidOperationException("-ErrorAction Stop")
                : 0,
        };
        using var engine = new PipelineEngine(output, throttleLimit: 2, isChanging: true, () => null, new ManualClock());
        OssClient client = Clients.For(_emulator.State);
        OssLocation location = Clients.At(_emulator.HttpEndpoint);
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Assert.Throws<InvalidOperationException>(() =>
        {
            engine.Start(new BucketTarget("a-bucket"), async item =>
            {
                item.MarkSent();
                await hasBegun.Task;
                throw BucketName.Invalid("An error of one bucket.");
            });
            engine.Start(new BucketTarget("b-bucket"), async item =>
            {
                item.MarkSent();
                return await client.PutPaymentAsync(location, Payer.Requester, "b-bucket");
            });

            // With two slots, this one begins when the change before it has ended.
            engine.Start(new BucketTarget("c-bucket"), async item =>
            {
                hasBegun.SetResult();
                await Task.Delay(Timeout.Infinite, item.Stopping);
                return null;
            });
            engine.Complete();
        });

        Assert.Equal(
            "Interrupted. Confirmed but not reported: b-bucket. Failed: none. Sent, result unknown: none. Not sent: c-bucket.",
            engine.Abandon([], isPiped: false));
        Assert.Equal(OssPayment.Emulator.State.Payer.Requester, _emulator.State.Buckets["b-bucket"].Payer);
    }

    private LocationSource Emulator => new(Clients.Region, _emulator.HttpEndpoint.OriginalString);

    private static Query<BucketRequestPayment> Payment(string bucket) =>
        new(new BucketTarget(bucket), () => RequestPaymentOperations.Get(bucket));

    private static RefusedWork Refused(string bucket) =>
        new(new BucketTarget(bucket), () => BucketName.Invalid("Refused."));

    private static Query<QoSInfo> LimitsOf(string bucket, string requester) => new(
        new BucketTarget(bucket), () => RequesterQoSOperations.Get(LimitedResource.OfBucket(bucket), requester));

    private static LimitsRemoval Removal(string requester, bool showsNoChange = false) =>
        new(new RequesterTarget(Clients.Bucket, requester), LimitsOperations.OfRequester(Resource, requester))
        {
            ShowsNoChange = showsNoChange,
        };
    private static Query<QoSInfo> OwnLimits(string bucket) =>
        new(new BucketTarget(bucket), () => BucketQoSOperations.Get(bucket));

    private static LimitsChange Limits(QoSChanges changes, bool emits = false, bool showsNoChange = false) =>
        new(
            new RequesterQoSTarget(Clients.Bucket, Requester, changes),
            LimitsOperations.OfRequester(Resource, Requester),
            changes)
        {
            Emits = emits,
            ShowsNoChange = showsNoChange,
        };

    /// <summary>Runs a pipeline and returns what it wrote, without the traces of requests.</summary>
    private List<string> Drive(
        Action<WorkRunner> input,
        bool accepts = true,
        AddressingStyle? style = null,
        LocationSource? commandLine = null,
        RecordingOutput? output = null,
        int throttleLimit = 1,
        bool hasRegion = false)
    {
        var clock = new ManualClock();
        output ??= new RecordingOutput { Accepts = accepts };
        using var engine = new PipelineEngine(
            output, throttleLimit, isChanging: true, () => new RequestTrace(wantsDebug: false), clock);
        var locator = new RecordLocator(
            new LocationResolver(type: null, style), commandLine ?? Emulator, new LocationSource(null, null));
        input(new WorkRunner(engine, output, Clients.For(_emulator.State), locator, clock) { HasRegion = hasRegion });
        engine.Complete();
        return [.. output.Written.Where(text => !RequestTraceLine().IsMatch(text))];
    }

    [GeneratedRegex(@"\Atrace (GET|PUT|DELETE) ")]
    private static partial Regex RequestTraceLine();

    /// <summary>Work that waits, sends nothing and emits its bucket.</summary>
    private sealed class Waiting(string bucket, Func<Task> wait) : Work(new BucketTarget(bucket))
    {
        internal override Func<WorkContext, Task<object?>> Prepare() => async _ =>
        {
            await wait();
            return bucket;
        };
    }
}
