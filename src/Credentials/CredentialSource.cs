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

/// <summary>A place outside this process that gives temporary credentials.</summary>
internal abstract class CredentialSource
{
    private const int MaximumMessageLength = 300;

    private readonly IWebProxy? _proxy;
    private readonly TimeSpan _timeout;

    /// <param name="proxy">The proxy to go through.</param>
    /// <param name="timeout">How long one exchange may take.</param>
    private protected CredentialSource(IWebProxy? proxy, TimeSpan timeout)
    {
        _proxy = proxy;
        _timeout = timeout;
    }

    /// <summary>The source, with the variable that chose it in parentheses. It ends no sentence.</summary>
    internal abstract string Description { get; }

    /// <summary>
    /// The values of all variables that decide what it gives: credentials are kept by it, and it is not to be shown.
    /// </summary>
    internal abstract string Key { get; }

    /// <summary>Scheme, host and port of what is asked.</summary>
    internal abstract string Endpoint { get; }

    /// <summary>What to check where it refuses.</summary>
    internal abstract string Advice { get; }

    /// <summary>Asks once.</summary>
    /// <param name="clock">The time by which credentials expire.</param>
    /// <exception cref="OssRequestException">It gave none.</exception>
    internal abstract Task<OssCredentials> FetchAsync(Clock clock);

    /// <summary>One exchange, whatever the status of the response.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="secrets">What was sent that must not be shown.</param>
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
                $"{request.RequestUri!.Authority} gave no whole response within {_timeout.TotalSeconds:0.###} seconds. "
                + "Check the network between here and there.");
        }
        catch (OssRequestException e) when (e.Error == OssRequestError.ResponseTooLarge)
        {
            throw new OssRequestException(
                e.Error,
                $"{request.RequestUri!.Authority} answered with more than {HttpExchange.MaximumBodyLength} bytes. "
                + Advice);
        }
    }

    /// <summary>A response that holds no credentials.</summary>
    /// <param name="response">The response; its status decides whether another may follow.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence; what the other side said is clean.</param>
    private protected OssRequestException Refused(HttpResponse response, string reason) => new(
        OssRequestError.InvalidResponse,
        $"{response.Authority} answered HTTP {response.StatusCode}, {reason.TrimEnd('.')}. "
        + response.StatusCode switch
        {
            407 => HttpExchange.ProxyAdvice,
            >= 300 and < 400 => $"Redirects are not followed. {Advice}",
            _ => Advice,
        })
    {
        StatusCode = response.StatusCode,
    };

    /// <summary>The credentials in a response, which must say that they are some.</summary>
    /// <param name="response">The response.</param>
    /// <param name="clock">The time by which they expire.</param>
    /// <param name="isNested">Whether they are in a field <c>Credentials</c>, as STS has them.</param>
    /// <exception cref="OssRequestException">It holds none, or not whole ones.</exception>
    private protected OssCredentials Read(HttpResponse response, Clock clock, bool isNested = false)
    {
        CredentialJson? json = CredentialJson.Parse(response.Body, out string whyNot);
        if (json?.Refusal is { } refusal)
        {
            throw Refused(response, $"with {response.Redactor.Redact(refusal, MaximumMessageLength)}");
        }

        if (response.StatusCode != 200 || json is null)
        {
            throw Refused(response, response.StatusCode != 200 ? "and no credentials" : whyNot);
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
