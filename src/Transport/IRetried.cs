using System;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace OssPayment.Transport;

/// <summary>Work that is attempted until it succeeds or fails for good: see <see cref="RetryPolicy"/>.</summary>
/// <typeparam name="TResult">The result of the attempt that succeeds.</typeparam>
internal interface IRetried<TResult>
{
    /// <summary>The endpoint of the latest attempt, whose budget pays for a retry: without a bucket.</summary>
    string Endpoint { get; }

    /// <summary>Retry-After of the latest response; null if there is none.</summary>
    RetryConditionHeaderValue? RetryAfter { get; }

    /// <param name="attempt">Counted from 1.</param>
    Task<TResult> AttemptAsync(int attempt);

    /// <summary>Called before the wait for the next attempt.</summary>
    void WillRetry(int attempt, TimeSpan delay);

    /// <summary>The exception for the caller, made from that of the last attempt.</summary>
    OssException Failure(OssException e, int attempts);
}
