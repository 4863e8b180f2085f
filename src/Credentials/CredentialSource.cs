using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Redaction;
using OssPayment.Signing;
using OssPayment.Time;
using OssPayment.Transport;

namespace OssPayment.Credentials;

/// <summary>A source of temporary credentials outside this process.</summary>
internal abstract class CredentialSource
{
    private const int MaximumMessageLength = 300;

    private readonly IWebProxy? _proxy;

    /// <param name="proxy">The proxy to go through.</param>
    /// <param name="timeout">How long one attempt may take.</param>
    private protected CredentialSource(IWebProxy? proxy, TimeSpan timeout)
    {
        _proxy = proxy;
        Timeout = timeout;
    }

    /// <summary>The source, with the variable that selected it in parentheses, without a full stop.</summary>
    internal abstract string Description { get; }

    /// <summary>
    /// The values of all variables that determine the credentials, which are cached by it. It must not be shown.
    /// </summary>
    internal abstract string Key { get; }

    /// <summary>Scheme, host and port of the source.</summary>
    internal abstract string Endpoint { get; }

    /// <summary>What to check if it refuses.</summary>
    internal abstract string Advice { get; }

    /// <summary>How it is reached: a renewal that hangs at one proxy is not for commands that use another.</summary>
    internal object? Route => _proxy;

    /// <summary>Its host, and the proxy on the way to it.</summary>
    internal string Host => HttpClients.For(_proxy).Describe(new Uri(Endpoint));

    /// <summary>What to check if nothing comes from it.</summary>
    internal virtual string SilenceAdvice => "Check the network.";

    /// <summary>Whether it is on the local link, where one attempt is enough.</summary>
    internal virtual bool IsOnLocalLink => false;

    /// <summary>How long one attempt may take, whichever command began it.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>Half of the time for an attempt, for the steps before the credentials are requested.</summary>
    private protected TimeSpan FirstHalf => TimeSpan.FromTicks(Timeout.Ticks / 2);

    /// <summary>Gets credentials with one attempt.</summary>
    /// <param name="clock">The time by which credentials expire.</param>
    /// <exception cref="OssRequestException">It returned no credentials.</exception>
    internal abstract Task<OssCredentials> FetchAsync(Clock clock);

    /// <summary>What to check if it refuses with this code.</summary>
    private protected virtual string AdviceFor(string code) => Advice;

    /// <summary>Sends one request, and returns the response with any status.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="secrets">Secrets in the request, which must not be shown.</param>
    private protected async Task<HttpResponse> SendAsync(
        HttpRequestMessage request, TimeSpan timeout, params string?[] secrets)
    {
        // The rest of an attempt is negative if the process was suspended.
        timeout = timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout;
        try
        {
            var exchange = new HttpExchange(
                HttpClients.For(_proxy), request, request.RequestUri!, timeout, new Redactor(secrets));
            return await exchange.SendAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OssRequestException e) when (e.Error == OssRequestError.RequestTimedOut)
        {
            throw new OssRequestException(
                IsOnLocalLink ? OssRequestError.CredentialSourceFailed : e.Error,
                $"{Host} did not send a complete response within {timeout.TotalSeconds:0.###} seconds. "
                + (IsOnLocalLink ? SilenceAdvice : "Check the network."));
        }
        catch (OssRequestException e) when (e.Error == OssRequestError.ResponseTooLarge)
        {
            throw new OssRequestException(e.Error, $"{Host} returned more than 1 MiB. {Advice}");
        }
    }

    /// <summary>The failure for a response without credentials.</summary>
    /// <param name="response">The response; its status and the code decide about a retry.</param>
    /// <param name="reason">What is wrong, as the end of a sentence, with the server's text already redacted.</param>
    /// <param name="code">The error code of the source, or an empty text.</param>
    private protected OssRequestException Refused(HttpResponse response, string reason, string code = "")
    {
        bool isThrottled = code.StartsWith("Throttling", StringComparison.Ordinal);
        string advice = response.StatusCode switch
        {
            407 => HttpExchange.ProxyAdvice,
            >= 300 and < 400 => $"Redirects are not followed. {Advice}",
            _ when isThrottled => "The source limits how often credentials are requested. Try again later.",
            _ => AdviceFor(code),
        };
        return new(
            OssRequestError.InvalidResponse,
            $"{response.Authority} returned HTTP {response.StatusCode}, {reason.TrimEnd('.')}. {advice}")
        {
            StatusCode = response.StatusCode,
            IsThrottled = isThrottled,
        };
    }

    /// <summary>The credentials in a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="clock">The time by which they expire.</param>
    /// <param name="isNested">Whether they are in a field <c>Credentials</c>, as in responses of STS.</param>
    /// <exception cref="OssRequestException">It has no credentials, or incomplete ones.</exception>
    private protected OssCredentials Read(HttpResponse response, Clock clock, bool isNested = false)
    {
        CredentialJson? json = CredentialJson.Parse(response.Body, out string whyNot);
        if (json?.Refusal is { } refusal)
        {
            throw Refused(
                response, $"with {response.Redactor.Redact(refusal, MaximumMessageLength)}", json.RefusalCode);
        }

        if (response.StatusCode != 200 || json is null)
        {
            throw Refused(response, response.StatusCode != 200 ? "but no credentials" : whyNot);
        }

        try
        {
            return (isNested ? json.Nested("Credentials") : json).ToCredentials(clock.UtcNow);
        }
        catch (FormatException e)
        {
            throw Refused(response, e.Message);
        }
    }
}
