using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml;

namespace OssPayment.Benchmarks;

/// <summary>
/// The least that a binary cmdlet can do for a bucket: one HttpClient, no signature, no retry, an XmlReader, an object.
/// </summary>
[Cmdlet(VerbsCommon.Get, "LeastRequestPayment")]
[OutputType(typeof(LeastRequestPayment))]
public sealed class GetLeastRequestPaymentCommand : PSCmdlet
{
    private static readonly HttpClient Client = new();

    private readonly Queue<Task<LeastRequestPayment>> _running = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Bucket { get; set; } = "";

    [Parameter]
    public int ThrottleLimit { get; set; } = 16;

    protected override void ProcessRecord()
    {
        if (_running.Count == ThrottleLimit)
        {
            WriteFirst();
        }

        _running.Enqueue(SendAsync(Environment.GetEnvironmentVariable("OSS_ENDPOINT")!, Bucket));
    }

    protected override void EndProcessing()
    {
        while (_running.Count > 0)
        {
            WriteFirst();
        }
    }

    private void WriteFirst() => WriteObject(_running.Dequeue().GetAwaiter().GetResult());

    private static async Task<LeastRequestPayment> SendAsync(string endpoint, string bucket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{endpoint}/{bucket}/?requestPayment");
        using HttpResponseMessage response = await Client.SendAsync(request).ConfigureAwait(false);
        using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using var reader = XmlReader.Create(body);
        reader.ReadToFollowing("Payer");
        return new LeastRequestPayment(bucket, reader.ReadElementContentAsString());
    }
}
