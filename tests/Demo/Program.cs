using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using OssPayment.Emulator;
using OssPayment.Emulator.State;
using OssPayment.PowerShell;

// The main job with the real cmdlets, in a real PowerShell, against an emulator.
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
Shell shell;
try
{
    shell = await new ShellFinder().FindAsync(stop.Token);
}
catch (ShellNotFoundException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await using OssEmulator emulator = await OssEmulator.StartAsync();
KeyPair owner = emulator.State.KeyPairs.All.Single(pair => pair.Name == "owner");

Console.WriteLine($"The OssPayment cmdlets in {shell.Description}");
string script = Path.Combine(ShellFinder.DefaultRoot, "tests", "Demo", "Demo.ps1");
ProcessStartInfo start = shell.Start(["-NoProfile", "-NonInteractive", "-File", script]);
start.WorkingDirectory = ShellFinder.DefaultRoot;
start.Environment["OSS_ENDPOINT"] = emulator.HttpEndpoint.GetLeftPart(UriPartial.Authority);
start.Environment["OSS_REGION"] = "cn-hangzhou";
start.Environment["OSS_ACCESS_KEY_ID"] = owner.Id;
start.Environment["OSS_ACCESS_KEY_SECRET"] = owner.Secret;
start.Environment.Remove("OSS_SESSION_TOKEN");

// The emulator is on this machine, and .NET uses a proxy for loopback addresses too.
foreach (string name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
{
    start.Environment.Remove(name);
}

using Process process = Process.Start(start)!;
await process.WaitForExitAsync(stop.Token);
return process.ExitCode;
