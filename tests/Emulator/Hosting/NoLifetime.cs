using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace OssPayment.Emulator.Hosting;

/// <summary>Leaves Ctrl+C and the other signals to the process that the emulator runs in.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
