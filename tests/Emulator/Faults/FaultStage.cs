using System;
using System.Threading.Tasks;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Faults;

/// <summary>What a fault has to work with: the request, the answer it would have had, and the connection.</summary>
internal sealed class FaultStage(
    RecordedRequest request,
    Lazy<Answer> genuine,
    AnswerFactory answers,
    RawConnection connection,
    Func<Answer, Task> send)
{
    /// <summary>The answer that the request would have had. Asking for it makes the operation take effect.</summary>
    public Answer Genuine => genuine.Value;

    public AnswerFactory Answers => answers;

    public RawConnection Connection => connection;

    public async Task PlayAsync(Fault fault)
    {
        if (fault.AfterApply)
        {
            _ = Genuine;
        }

        await fault.Action.PlayAsync(this);
    }

    /// <summary>Sends a complete answer in the ordinary way.</summary>
    public Task SendAsync(Answer answer) => send(answer);

    /// <summary>Writes the head of an answer that goes on below HTTP.</summary>
    public async Task WriteHeadAsync(byte[] head)
    {
        request.Status = Genuine.Status;
        await Connection.WriteAsync(head);
    }
}
