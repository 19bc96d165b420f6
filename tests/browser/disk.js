/* The folder that the form editor works on: Chromium's own file system, where the picker of folders would give a disk's. */
async (change) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("repository", { create: true });
  const opened = async (path) => {
    const steps = path.split("/");
    const name = steps.pop();
    let folder = root;
    for (const step of steps) folder = await folder.getDirectoryHandle(step, { create: true });
    return folder.getFileHandle(name, { create: true });
  };
  for (const [path, text] of Object.entries(change)) {
    const stream = await (await opened(path)).createWritable();
    await stream.write(text);
    await stream.close();
  }
  const found = {};
  const look = async (folder, prefix) => {
    for await (const [name, one] of folder.entries()) {
      if (one.kind === "directory") await look(one, `${prefix}${name}/`);
      else found[prefix + name] = await (await one.getFile()).text();
    }
  };
  await look(root, "");
  return found;
};
