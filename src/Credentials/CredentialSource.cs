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
    private readonly TimeSpan _timeout;

    /// <param name="proxy">The proxy to go through.</param>
    /// <param name="timeout">How long one request may take.</param>
    private protected CredentialSource(IWebProxy? proxy, TimeSpan timeout)
    {
        _proxy = proxy;
        _timeout = timeout;
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

    /// <summary>Gets credentials with one attempt.</summary>
    /// <param name="clock">The time by which credentials expire.</param>
    /// <exception cref="OssRequestException">It returned no credentials.</exception>
    internal abstract Task<OssCredentials> FetchAsync(Clock clock);

    /// <summary>Sends one request, and returns the response with any status.</summary>
    /// <param name="request">The request.</param>
    /// <param name="secrets">Secrets in the request, which must not be shown.</param>
    private protected async Task<HttpResponse> SendAsync(HttpRequestMessage request, params string?[] secrets)
    {
        try
        {
            return await HttpExchange.SendAsync(
                HttpClients.For(_proxy),
                request,
                request.RequestUri!,
                _timeout,
                new Redactor(secrets),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (OssRequestException e) when (e.Error == OssRequestError.RequestTimedOut)
        {
            throw new OssRequestException(
                e.Error,
                $"{request.RequestUri!.Authority} did not send a complete response within "
                + $"{_timeout.TotalSeconds:0.###} seconds. Check the network.");
        }
        catch (OssRequestException e) when (e.Error == OssRequestError.ResponseTooLarge)
        {
            throw new OssRequestException(
                e.Error,
                $"{request.RequestUri!.Authority} returned more than 1 MiB. {Advice}");
        }
    }

    /// <summary>The failure for a response without credentials.</summary>
    /// <param name="response">The response; its status decides about a retry.</param>
    /// <param name="reason">What is wrong, as the end of a sentence, with the server's text already redacted.</param>
    private protected OssRequestException Refused(HttpResponse response, string reason) => new(
        OssRequestError.InvalidResponse,
        $"{response.Authority} returned HTTP {response.StatusCode}, {reason.TrimEnd('.')}. "
        + response.StatusCode switch
        {
            407 => HttpExchange.ProxyAdvice,
            >= 300 and < 400 => $"Redirects are not followed. {Advice}",
            _ => Advice,
        })
    {
        StatusCode = response.StatusCode,
    };

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
            throw Refused(response, $"with {response.Redactor.Redact(refusal, MaximumMessageLength)}");
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
