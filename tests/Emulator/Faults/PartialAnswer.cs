using System;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>Sends the right answer up to a point.</summary>
internal static class PartialAnswer
{
    public static async Task WriteAsync(FaultStage stage, CutPoint until)
    {
        if (until == CutPoint.BeforeHeaders)
        {
            return;
        }

        byte[] body = stage.Genuine.Body;
        if (until == CutPoint.InHeaders)
        {
            byte[] head = AnswerHead.WithLength(stage.Genuine, body.Length);
            await stage.Connection.WriteAsync(head.AsMemory(0, head.Length / 2));
        }
        else if (until == CutPoint.InBody)
        {
            // An empty body has no middle, so it is promised to be longer.
            await stage.WriteHeadAsync(AnswerHead.WithLength(stage.Genuine, Math.Max(body.Length, 1)));
            await stage.Connection.WriteAsync(body.AsMemory(0, body.Length / 2));
        }
        else
        {
            await stage.WriteHeadAsync(AnswerHead.WithLength(stage.Genuine, body.Length));
            await stage.Connection.WriteAsync(body);
        }
    }
}
