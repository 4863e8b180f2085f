using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace OssPayment.Benchmarks;

/// <summary>The minimum of any client: sends requests and reads the response bodies. The scripts call it.</summary>
public static class BareClient
{
    private static readonly HttpClient Client = new();

    /// <summary>Sends the first requests, so many at a time.</summary>
    public static void Send(SignedRequest[] requests, int count, int concurrency) =>
        InTurn(count, concurrency, index => SendAsync(Client, requests[index]));

    /// <summary>The same through a proxy, with a new client and its new connections.</summary>
    public static void Send(SignedRequest[] requests, int count, int concurrency, Uri proxy)
    {
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxy) });
        InTurn(count, concurrency, index => SendAsync(client, requests[index]));
    }

    /// <summary>Runs work by number, so many pieces at a time, and waits for all of it.</summary>
    internal static void InTurn(int count, int concurrency, Func<int, Task> work)
    {
        int next = -1;
        async Task RunInTurnAsync()
        {
            for (int index; (index = Interlocked.Increment(ref next)) < count;)
            {
                await work(index);
            }
        }

        Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(RunInTurnAsync))).GetAwaiter().GetResult();
    }

    private static async Task<string> SendAsync(HttpClient client, SignedRequest signed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, signed.Uri);
        foreach (KeyValuePair<string, string> header in signed.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
