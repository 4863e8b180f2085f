using System.Text;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer, then more bytes than its length promised.</summary>
public sealed record OverlongBody(int ExtraBytes = 100) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        await stage.WriteHeadAsync(AnswerHead.WithLength(stage.Genuine, stage.Genuine.Body.Length));
        await stage.Connection.WriteAsync(stage.Genuine.Body);
        await stage.Connection.WriteAsync(Encoding.ASCII.GetBytes(new string('x', ExtraBytes)));
        await stage.Connection.EndAsync(Ending.Close);
    }
}
