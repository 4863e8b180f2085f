using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests.Transport;

public sealed class RetryBudgetTests
{
    private const string AnyEndpoint = "https://oss-cn-hangzhou.aliyuncs.com";

    /// <summary>A clock that stands still, because time fills a budget again.</summary>
    private static readonly ManualClock Still = new();

    private static readonly OssRequestException Failure = new(OssRequestError.RequestFailed, "No.");

    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 50)]
    public void A_retry_costs_5_and_one_after_a_timeout_10_of_500(bool isAfterTimeout, int retries)
    {
        var budget = new RetryBudget(Still);

        Assert.Equal(retries, CountSpent(budget, isAfterTimeout));
        Assert.False(budget.TrySpend(isAfterTimeout));
    }

    [Fact]
    public void Too_little_for_a_timeout_may_be_enough_for_another_retry()
    {
        var budget = new RetryBudget(Still);
        for (int i = 0; i < 99; i++)
        {
            Assert.True(budget.TrySpend(isAfterTimeout: false));
        }

        Assert.False(budget.TrySpend(isAfterTimeout: true));
        Assert.True(budget.TrySpend(isAfterTimeout: false));
    }

    [Fact]
    public void A_success_after_a_retry_refunds_the_retry()
    {
        RetryBudget budget = Spent();

        budget.PayBack(attempts: 2);

        Assert.Equal(1, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public void A_success_without_a_retry_refunds_a_fifth_of_a_retry()
    {
        RetryBudget budget = Spent();
        for (int i = 0; i < 4; i++)
        {
            budget.PayBack(attempts: 1);
        }

        Assert.False(budget.TrySpend(isAfterTimeout: false));
        budget.PayBack(attempts: 1);
        Assert.True(budget.TrySpend(isAfterTimeout: false));
    }

    [Fact]
    public void Successes_never_refill_the_budget_beyond_its_size()
    {
        var budget = new RetryBudget(Still);
        budget.TrySpend(isAfterTimeout: false);
        for (int i = 0; i < 1000; i++)
        {
            budget.PayBack(attempts: 3);
            budget.PayBack(attempts: 1);
        }

        Assert.Equal(100, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public void Concurrent_threads_never_exceed_the_budget()
    {
        for (int round = 0; round < 200; round++)
        {
            var budget = new RetryBudget(Still);
            int spent = 0;

            RunOnThreads(() => Interlocked.Add(ref spent, CountSpent(budget, isAfterTimeout: false)));

            Assert.Equal(100, spent);
        }
    }

    [Fact]
    public void Concurrent_spending_and_refunding_loses_nothing()
    {
        var budget = new RetryBudget(Still);

        RunOnThreads(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                if (budget.TrySpend(isAfterTimeout: false))
                {
                    budget.PayBack(attempts: 2);
                }
            }
        });

        Assert.Equal(100, CountSpent(budget, isAfterTimeout: false));
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    public void A_policy_allows_the_specified_number_of_retries(int maximum, int attempt, bool isAllowed)
    {
        Assert.Equal(isAllowed, Clients.Policy(maximum, null).AllowsAnother(Failure, attempt, AnyEndpoint));
    }

    [Fact]
    public void A_retry_that_the_policy_does_not_allow_costs_nothing()
    {
        var budgets = new RetryBudgets(Still);
        var policy = Clients.Policy(2, null, budgets);
        for (int i = 0; i < 1000; i++)
        {
            Assert.False(policy.AllowsAnother(Failure, attempt: 3, AnyEndpoint));
        }

        Assert.Equal(100, CountSpent(budgets.For(AnyEndpoint), isAfterTimeout: false));
    }

    [Fact]
    public async Task Clients_that_share_a_budget_stop_retrying_when_it_is_spent()
    {
        var budgets = new RetryBudgets(Still);
        await using RawServer server = RawServer.Responding(Http.Error(503, "ServiceUnavailable"));
        OssLocation location = Clients.At(server.Uri);
        for (int i = 0; i < 150; i++)
        {
            await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2, budgets: budgets).GetPaymentAsync(location));
        }

        Assert.Equal(150 + 100, server.Requests.Count);
    }

    [Fact]
    public async Task Successes_refill_a_shared_budget()
    {
        var budgets = new RetryBudgets(Still);
        await using RawServer server = RawServer.Responding(
            [.. Enumerable.Repeat(Http.FromOss(200, Http.RequesterPays), 5), Http.Error(503, "ServiceUnavailable")]);
        OssLocation location = Clients.At(server.Uri);
        CountSpent(budgets.For(location.Endpoint.ToString()), isAfterTimeout: false);
        for (int i = 0; i < 5; i++)
        {
            await Clients.Create(budgets: budgets).GetPaymentAsync(location);
        }

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.Create(retries: 2, budgets: budgets).GetPaymentAsync(location));

        Assert.Equal(2, e.Attempts);
    }

    [Fact]
    public async Task A_timeout_costs_more_than_another_failure()
    {
        var budgets = new RetryBudgets(Still);
        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WaitForCloseAsync();
        });
        for (int i = 0; i < 98; i++)
        {
            budgets.For(Clients.At(server.Uri).Endpoint.ToString()).TrySpend(isAfterTimeout: false);
        }

        OssRequestException e = await Clients.RequestFailureAsync(
            server, Clients.Create(timeout: TimeSpan.FromSeconds(0.3), retries: 5, budgets: budgets));

        Assert.Equal((OssRequestError.RequestTimedOut, 2), (e.Error, e.Attempts));
    }

    [Fact]
    public void Time_refunds_a_retry_in_5_seconds_and_the_whole_budget_in_500()
    {
        var clock = new ManualClock();
        var budget = new RetryBudget(clock);
        CountSpent(budget, isAfterTimeout: false);

        foreach ((double Seconds, int Retries) wait in new[] { (4.9, 0), (0.1, 1), (4, 0), (1, 1), (499, 99), (3600, 100), (0, 0) })
        {
            clock.Advance(TimeSpan.FromSeconds(wait.Seconds));
            Assert.Equal(wait.Retries, CountSpent(budget, isAfterTimeout: false));
        }
    }

    [Fact]
    public void Time_never_refills_the_budget_beyond_its_size()
    {
        var clock = new ManualClock();
        var budget = new RetryBudget(clock);
        clock.Advance(TimeSpan.MaxValue - clock.Elapsed);

        Assert.Equal(100, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public void Each_endpoint_has_its_own_budget()
    {
        var policy = Clients.Policy(2, null, new RetryBudgets(Still));
        string[] others = ["https://oss-cn-beijing.aliyuncs.com", "https://oss-cn-hangzhou.aliyuncs.com:8443", "http://oss-cn-hangzhou.aliyuncs.com"];
        while (policy.AllowsAnother(Failure, attempt: 1, AnyEndpoint))
        {
            // All of it is spent.
        }

        Assert.All(others, other => Assert.True(policy.AllowsAnother(Failure, attempt: 1, other)));
        policy.Succeeded(attempts: 2, others[0]);
        Assert.False(policy.AllowsAnother(Failure, attempt: 1, AnyEndpoint));
    }

    [Fact]
    public void The_number_of_budgets_is_bounded()
    {
        var budgets = new RetryBudgets(Still);
        RetryBudget first = budgets.For(AnyEndpoint);
        Assert.Same(first, budgets.For(AnyEndpoint));

        for (int i = 0; i < 1000; i++)
        {
            budgets.For($"https://oss-region-{i}.aliyuncs.com");
        }

        Assert.NotSame(first, budgets.For(AnyEndpoint));
    }

    [Fact]
    public async Task An_endpoint_that_is_down_uses_no_retries_of_another()
    {
        var budgets = new RetryBudgets(Still);
        await using RawServer down = RawServer.Responding(Http.Error(503, "ServiceUnavailable"));
        await using RawServer healthy = RawServer.Responding(Http.Error(503, "ServiceUnavailable"), Http.FromOss(200, Http.RequesterPays));
        for (int i = 0; i < 60; i++)
        {
            await Clients.ServiceFailureAsync(down, Clients.Create(retries: 2, budgets: budgets));
        }

        Assert.Equal(60 + 100, down.Requests.Count);
        await Clients.Create(retries: 2, budgets: budgets).GetPaymentAsync(Clients.At(healthy.Uri));
        Assert.Equal(2, healthy.Requests.Count);
    }

    private static RetryBudget Spent()
    {
        var budget = new RetryBudget(Still);
        CountSpent(budget, isAfterTimeout: false);
        return budget;
    }

    private static void RunOnThreads(Action work)
    {
        using var start = new Barrier(4);
        Thread[] threads =
        [
            .. Enumerable.Range(0, start.ParticipantCount).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                work();
            })),
        ];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            Assert.True(thread.Join(Patience.Limit));
        }
    }

    private static int CountSpent(RetryBudget budget, bool isAfterTimeout)
    {
        int count = 0;
        while (budget.TrySpend(isAfterTimeout))
        {
            count++;
        }

        return count;
    }
}
