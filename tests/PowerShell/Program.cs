using System;
using System.Diagnostics;
using System.Threading;
using OssPayment.PowerShell;

// Runs the PowerShell that the tests use, with these arguments: dotnet run --project tests/PowerShell -- -File build.ps1 Format
try
{
    Shell shell = await new ShellFinder().FindAsync(CancellationToken.None);
    Console.WriteLine(shell.Description);
    ProcessStartInfo start = shell.Start(args);
    start.WorkingDirectory = ShellFinder.DefaultRoot;
    using Process process = Process.Start(start)!;
    await process.WaitForExitAsync();
    return process.ExitCode;
}
catch (ShellNotFoundException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
