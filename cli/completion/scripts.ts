/** Shells that have a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * The hidden command that every script asks, with the words of the command line behind it. It
 * prints a line for each candidate, word and description with a tab between, and `:files` or
 * `:folders` where the shell should add paths.
 */
export const COMPLETE_COMMAND = '__complete';

/**
 * The script that a shell sources. It asks the program itself for candidates, so it never has to be
 * written again.
 */
export const scriptOf = (shell: Shell): string => SCRIPTS[shell];

const BASH = `# bash completion of dqoes: source <(dqoes completion bash)
_dqoes() {
  local at word joined=0 cur= line paths=
  local -a words=()
  # The shell parts words at "=" and ":"; what belongs together is joined again.
  for ((at = 1; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ \${#words[@]} -gt 0 && ( $word == [=:]* || $joined == 1 ) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    joined=0
    [[ $word == [=:] ]] && joined=1
  done
  cur=\${words[-1]-}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) paths=f ;;
      :folders) paths=d ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" ${COMPLETE_COMMAND} -- "\${words[@]}" 2>/dev/null)
  if [[ -n $paths ]]; then
    local typed=\${cur##*=}
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -$paths -- "$typed")
  elif [[ $cur == *=* ]]; then
    # The shell replaces only what stands behind the "=".
    COMPREPLY=("\${COMPREPLY[@]#*=}")
  fi
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _dqoes dqoes`;

const ZSH = `#compdef dqoes
# zsh completion of dqoes: source <(dqoes completion zsh), after compinit
_dqoes() {
  local line paths=
  local -a candidates
  while IFS= read -r line; do
    case $line in
      :files) paths=files ;;
      :folders) paths=folders ;;
      *) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("\${words[1]}" ${COMPLETE_COMMAND} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  [[ $paths == files ]] && _files
  [[ $paths == folders ]] && _files -/
  (( $#candidates )) && _describe 'dqoes' candidates
  return 0
}
# Loaded from a folder of completions, this file is itself the first call of the function.
if [[ \${funcstack[1]-} == _dqoes ]]; then
  _dqoes "$@"
elif (( $+functions[compdef] )); then
  compdef _dqoes dqoes
fi`;

const FISH = `# fish completion of dqoes: dqoes completion fish | source
function __dqoes_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l program $words[1]
  for line in ($program ${COMPLETE_COMMAND} -- $words[2..-1] 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path (commandline -ct)
      case :folders
        __fish_complete_directories (commandline -ct)
      case '*'
        echo $line
    end
  end
end
complete -c dqoes -f -a '(__dqoes_complete)'`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
