using System;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer, late.</summary>
public sealed record DelayAnswer(int Milliseconds) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        await stage.Connection.PauseAsync(TimeSpan.FromMilliseconds(Milliseconds));
        await stage.SendAsync(stage.Genuine);
    }
}
