using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>The right answer up to a point, then the end of the connection.</summary>
public sealed record CutConnection(CutPoint Where, Ending How) : FaultAction
{
    internal override async Task PlayAsync(FaultStage stage)
    {
        await PartialAnswer.WriteAsync(stage, Where);
        await stage.Connection.EndAsync(How);
    }
}
