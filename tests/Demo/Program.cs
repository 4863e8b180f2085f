using System;
using System.Linq;
using System.Threading;
using OssPayment.Demo;
using OssPayment.Emulator;
using OssPayment.Emulator.State;

// The main job against an emulator: in PowerShell where there is one, through the client layer where there is none.
await using OssEmulator emulator = await OssEmulator.StartAsync();
KeyPair owner = emulator.State.KeyPairs.All.Single(pair => pair.Name == "owner");
Environment.SetEnvironmentVariable("OSS_ENDPOINT", emulator.HttpEndpoint.GetLeftPart(UriPartial.Authority));
Environment.SetEnvironmentVariable("OSS_REGION", "cn-hangzhou");
Environment.SetEnvironmentVariable("OSS_ACCESS_KEY_ID", owner.Id);
Environment.SetEnvironmentVariable("OSS_ACCESS_KEY_SECRET", owner.Secret);
Environment.SetEnvironmentVariable("OSS_SESSION_TOKEN", null);

// The emulator is on this machine, and .NET asks a proxy for loopback, too.
foreach (string name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
{
    Environment.SetEnvironmentVariable(name, null);
}

using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
return await PowerShellDemo.TryRunAsync(stop.Token) ?? await ClientDemo.RunAsync(stop.Token);
