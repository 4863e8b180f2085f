using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Commands;
using Xunit;

namespace OssPayment.Tests;

public sealed class PipelineQuestionsTests
{
    [Fact]
    public async Task Questions_are_answered_in_order_by_whoever_comes_by()
    {
        var questions = new PipelineQuestions();
        int asker = 0;
        Task<bool> first = questions.AskAsync(() => (asker = Environment.CurrentManagedThreadId) > 0, CancellationToken.None);
        Task<bool> second = questions.AskAsync(() => false, CancellationToken.None);

        Assert.False(first.IsCompleted);
        Assert.True(questions.TryAnswer());
        Assert.Equal(Environment.CurrentManagedThreadId, asker);
        Assert.False(second.IsCompleted);
        Assert.True(questions.TryAnswer());
        Assert.False(questions.TryAnswer());
        Assert.True(await first.Soon());
        Assert.False(await second.Soon());
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_when_it_is_cancelled()
    {
        var questions = new PipelineQuestions();
        using var cancellation = new CancellationTokenSource();
        Task<bool> answer = questions.AskAsync(() => true, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.Soon());
    }
}
