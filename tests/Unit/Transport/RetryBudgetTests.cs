using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Endpoints;
using OssPayment.Transport;
using Xunit;

namespace OssPayment.Tests;

public sealed class RetryBudgetTests
{
    private static readonly OssRequestException Failure = new(OssRequestError.RequestFailed, "No.");

    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 50)]
    public void A_retry_costs_5_and_one_after_a_timeout_10_of_500(bool isAfterTimeout, int retries)
    {
        var budget = new RetryBudget();

        Assert.Equal(retries, CountSpent(budget, isAfterTimeout));
        Assert.False(budget.TrySpend(isAfterTimeout));
    }

    [Fact]
    public void What_does_not_pay_for_a_timeout_may_still_pay_for_another_retry()
    {
        var budget = new RetryBudget();
        for (int i = 0; i < 99; i++)
        {
            Assert.True(budget.TrySpend(isAfterTimeout: false));
        }

        Assert.False(budget.TrySpend(isAfterTimeout: true));
        Assert.True(budget.TrySpend(isAfterTimeout: false));
    }

    [Fact]
    public void A_success_after_a_retry_pays_the_retry_back()
    {
        RetryBudget budget = Spent();

        budget.PayBack(attempts: 2);

        Assert.Equal(1, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public void A_success_at_once_pays_a_fifth_of_a_retry_back()
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
    public void Successes_never_pay_more_back_than_there_was()
    {
        var budget = new RetryBudget();
        budget.TrySpend(isAfterTimeout: false);
        for (int i = 0; i < 1000; i++)
        {
            budget.PayBack(attempts: 3);
            budget.PayBack(attempts: 1);
        }

        Assert.Equal(100, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public void Threads_together_spend_no_more_than_there_is()
    {
        for (int round = 0; round < 200; round++)
        {
            var budget = new RetryBudget();
            int spent = 0;

            RunOnThreads(() => Interlocked.Add(ref spent, CountSpent(budget, isAfterTimeout: false)));

            Assert.Equal(100, spent);
        }
    }

    [Fact]
    public void Threads_that_spend_and_pay_back_lose_nothing()
    {
        var budget = new RetryBudget();

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
    public void A_policy_allows_as_many_retries_as_it_was_given(int maximum, int attempt, bool isAllowed)
    {
        Assert.Equal(isAllowed, new RetryPolicy(maximum, null).AllowsAnother(Failure, attempt));
    }

    [Fact]
    public void A_retry_that_the_policy_does_not_allow_costs_nothing()
    {
        var budget = new RetryBudget();
        var policy = new RetryPolicy(2, null, budget);
        for (int i = 0; i < 1000; i++)
        {
            Assert.False(policy.AllowsAnother(Failure, attempt: 3));
        }

        Assert.Equal(100, CountSpent(budget, isAfterTimeout: false));
    }

    [Fact]
    public async Task Clients_that_share_a_budget_stop_trying_again_when_it_is_spent()
    {
        var budget = new RetryBudget();
        await using RawServer server = RawServer.Answering(Http.Error(503, "ServiceUnavailable"));
        OssLocation location = Clients.At(server.Uri);
        for (int i = 0; i < 150; i++)
        {
            await Assert.ThrowsAsync<OssServiceException>(() => Clients.Create(retries: 2, budget: budget).GetPaymentAsync(location));
        }

        Assert.Equal(150 + 100, server.Requests.Count);
    }

    [Fact]
    public async Task Successes_fill_a_shared_budget_again()
    {
        RetryBudget budget = Spent();
        await using RawServer server = RawServer.Answering(
            [.. Enumerable.Repeat(Http.FromOss(200, Http.RequesterPays), 5), Http.Error(503, "ServiceUnavailable")]);
        OssLocation location = Clients.At(server.Uri);
        for (int i = 0; i < 5; i++)
        {
            await Clients.Create(budget: budget).GetPaymentAsync(location);
        }

        var e = await Assert.ThrowsAsync<OssServiceException>(
            () => Clients.Create(retries: 2, budget: budget).GetPaymentAsync(location));

        Assert.Equal(2, e.Attempts);
    }

    [Fact]
    public async Task A_timeout_costs_more_than_another_failure()
    {
        var budget = new RetryBudget();
        for (int i = 0; i < 98; i++)
        {
            budget.TrySpend(isAfterTimeout: false);
        }

        await using RawServer server = RawServer.Serving(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WaitForCloseAsync();
        });

        OssRequestException e = await Clients.RequestFailureAsync(
            server, Clients.Create(timeout: TimeSpan.FromSeconds(0.3), retries: 5, budget: budget));

        Assert.Equal((OssRequestError.RequestTimedOut, 2), (e.Error, e.Attempts));
    }

    private static RetryBudget Spent()
    {
        var budget = new RetryBudget();
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
