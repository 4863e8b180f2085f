using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer up to a point, then nothing more.</summary>
public sealed record HangAnswer(CutPoint Where = CutPoint.BeforeHeaders) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        await PartialAnswer.WriteAsync(stage, Where);
        await stage.Connection.EndAsync(Ending.StayOpen);
    }
}
