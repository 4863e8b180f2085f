using System.Net;
using System.Threading.Tasks;
using OssPayment.Emulator.Operations;

namespace OssPayment.Emulator.Faults;

/// <summary>An error of the service's, in its XML or, with <c>InHeader</c>, in <c>x-oss-err</c>.</summary>
public sealed record OssErrorAnswer(
    int Status,
    string Code,
    string Message = "A fault was asked for.",
    string EC = "0000-00000000",
    bool InHeader = false) : FaultAction
{
    internal override Task PlayAsync(FaultStage stage)
    {
        var error = new ServiceException((HttpStatusCode)Status, Code, Message, EC);
        return stage.SendAsync(InHeader ? stage.Answers.ErrorInHeader(error) : stage.Answers.Error(error));
    }
}
