using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace OssPayment.Emulator;

/// <summary>Runs the emulator from the command line, or as the child process of a test run.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (CommandLineOptions.Parse(arguments, out string message) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{message}\n\n{CommandLineOptions.Usage}");
            return 2;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            // The default handling would end the process before the emulator has deleted its temporary files. The child
            // of a shell shares its console, where Ctrl+C means another command.
            signal.Cancel = true;
            if (signal.Signal != PosixSignal.SIGINT || !options.Json)
            {
                ended.TrySetResult();
            }
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

        try
        {
            await using OssEmulator emulator = await OssEmulator.StartAsync(
                new EmulatorOptions { FleetSize = options.Buckets, HttpPort = options.Port });
            Console.WriteLine(options.Json ? Announcement.Json(emulator) : Announcement.Text(emulator));
            await (options.Json ? Task.WhenAny(ended.Task, ReadToEndAsync()) : ended.Task);
            return 0;
        }
        catch (IOException exception)
        {
            // Most likely the requested port is in use.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    // The parent process holds the other end, so the input ends when the parent ends, even if it crashes.
    private static async Task ReadToEndAsync()
    {
        await using Stream input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
    }
}
