using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Time;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>Requests that are sent again, and those that are not. The operations run side by side.</summary>
public sealed class FaultRetryTests(ITestOutputHelper output)
{
    internal const int Rows = 5;

    private const int ServiceUnavailable = 503;

    internal static int Cases => Rows * FaultOperation.All.Count;

    [Fact]
    public Task The_last_error_is_reported_with_the_number_of_attempts() => ForEachOperationAsync(
        async (operation, emulator) =>
        {
            emulator.State.Faults.Add(new Fault { Times = 2, Action = new OssErrorResponse(500, "First") });
            emulator.State.Faults.Add(new Fault { Action = new OssErrorResponse(ServiceUnavailable, "Last") });

            FaultOutcome outcome = await SendAsync(operation, emulator, retries: 2);

            outcome.AssertFailure(new FaultEnd("Last", ErrorCategory.ResourceUnavailable));
            Assert.Equal(3, outcome.Failure!.Attempts);
            Assert.Contains(
                " Failed after 3 attempts. (Last, HTTP 503, ", outcome.Error.ErrorDetails.Message, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Retry_After_is_honoured_in_seconds_and_as_a_date(bool isDate) => ForEachOperationAsync(
        async (operation, emulator) =>
        {
            var clock = new ManualClock { SkipsDelays = true };
            clock.Set(new DateTimeOffset(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
            string after = isDate ? clock.UtcNow.AddSeconds(2).ToString("r") : "2";
            emulator.State.Faults.Add(new Fault
            {
                Times = 1,
                Action = new ReplaceResponse
                {
                    Status = ServiceUnavailable,
                    Headers = new Dictionary<string, string> { ["Retry-After"] = after },
                },
            });

            (await SendAsync(operation, emulator, retries: 2, clock)).AssertSuccess(emulator.State);

            Assert.Equal([TimeSpan.FromSeconds(2)], clock.Delays);
            Assert.Equal([ServiceUnavailable, 200], Statuses(emulator));
        });

    [Fact]
    public Task Cancellation_ends_a_back_off_and_sends_nothing_more() => ForEachOperationAsync(
        async (operation, emulator) =>
        {
            emulator.State.Faults.Add(new Fault { Action = new ReplaceResponse { Status = ServiceUnavailable } });
            using var cancellation = new CancellationTokenSource();
            var clock = new ManualClock();
            clock.Set(DateTimeOffset.UtcNow);
            OssClient client = Clients.Create(
                Clients.CredentialsOf(emulator.State.KeyPairs["owner"]),
                retries: 2,
                interval: TimeSpan.FromSeconds(3),
                clock: clock);
            Task<FaultOutcome> sending =
                FaultOutcome.OfAsync(operation, client, Clients.At(emulator.HttpEndpoint), cancellation.Token);
            await Patience.UntilAsync(() => clock.Delays.Count > 0);

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            clock.Advance(TimeSpan.FromSeconds(4));
            Assert.Equal([ServiceUnavailable], Statuses(emulator));
        });

    [Fact]
    public Task The_clock_offset_from_RequestTimeTooSkewed_is_remembered() => ForEachOperationAsync(
        async (operation, emulator) =>
        {
            emulator.State.ClockOffset = TimeSpan.FromHours(1);

            (await SendAsync(operation, emulator, retries: 2)).AssertSuccess(emulator.State);
            Assert.Equal([403, 200], Statuses(emulator));
            (await SendAsync(operation, emulator, retries: 0)).AssertSuccess(emulator.State);
            Assert.Equal([403, 200, 200], Statuses(emulator));

            // Offsets are kept for the process, and another test may get this port.
            ClockSkew.Update(Clients.At(emulator.HttpEndpoint).Endpoint, TimeSpan.FromHours(1), isAccepted: false);
        });

    private static Task<FaultOutcome> SendAsync(
        FaultOperation operation, OssEmulator emulator, int retries, Clock? clock = null) =>
        FaultOutcome.OfAsync(
            operation,
            Clients.Create(Clients.CredentialsOf(emulator.State.KeyPairs["owner"]), retries: retries, clock: clock),
            Clients.At(emulator.HttpEndpoint));

    private static IEnumerable<int?> Statuses(OssEmulator emulator) =>
        emulator.State.Requests.All().Select(request => request.Status);

    private Task ForEachOperationAsync(Func<FaultOperation, OssEmulator, Task> test) =>
        Task.WhenAll(FaultOperation.All.Select(async operation =>
        {
            await using OssEmulator emulator =
                await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
            operation.Prepare(emulator.State);
            await test(operation, emulator);
            FaultTally.Add(output, emulator.State.Requests.All().Count);
        }));
}
