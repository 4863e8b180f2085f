using System;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer, its body (or all of it) one byte at a time.</summary>
public sealed record DripAnswer(int Milliseconds, bool FromHeaders = false) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        byte[] head = AnswerHead.WithLength(stage.Genuine, stage.Genuine.Body.Length);
        byte[] slow = stage.Genuine.Body;
        if (FromHeaders)
        {
            slow = [.. head, .. slow];
        }
        else
        {
            await stage.WriteHeadAsync(head);
        }

        for (int index = 0; index < slow.Length; index++)
        {
            await stage.Connection.PauseAsync(TimeSpan.FromMilliseconds(Milliseconds));
            await stage.Connection.WriteAsync(slow.AsMemory(index, 1));
        }

        await stage.Connection.EndAsync(Ending.Close);
    }
}
