using System;
using System.Management.Automation;
using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.State;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>No request is sent to a host only because a response names it.</summary>
public sealed class NamedHostTests(ITestOutputHelper output)
{
    private static readonly string[] Hosts =
    [
        "evil.example", "oss-cn-beijing.aliyuncs.com.evil.example", "evil.example/oss-cn-beijing.aliyuncs.com",
        "oss-cn-beijing.aliyuncs.com@evil.example", "oss-cn-beijing.aliyuncs.com:99",
        "evil.oss-cn-beijing.aliyuncs.com", "oss-cn-hangzhou.aliyuncs.com", "127.0.0.1", "",
    ];

    internal static int Rows => Hosts.Length;

    internal static int Cases => Rows * FaultOperation.All.Count;

    public static MatrixTheoryData<string, string> Named => new(FaultOperation.Names, Hosts);

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_host_in_an_error_is_not_contacted(string operation, string host)
    {
        await using OssEmulator emulator =
            await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        emulator.State.Faults.Add(new Fault
        {
            Action = new ReplaceResponse
            {
                Status = 403,
                Text = $"<Error><Code>AccessDenied</Code><Endpoint>{host}</Endpoint></Error>",
            },
        });
        FaultOperation played = FaultOperation.Named(operation);
        OssClient client = Clients.For(emulator.State, proxy: emulator.Proxy, retries: 2);

        FaultOutcome outcome = await FaultOutcome.OfAsync(
            played, client, Clients.At(new Uri("http://oss-cn-hangzhou.aliyuncs.com")));

        outcome.AssertFailure(new FaultEnd("AccessDenied", ErrorCategory.PermissionDenied));
        RecordedRequest request = Assert.Single(emulator.State.Requests.All());
        Assert.Equal($"{played.Target.Bucket}.oss-cn-hangzhou.aliyuncs.com", request.Host);
        FaultTally.Add(output, requests: 1);
    }
}
